"""Claims and their tests, purposes, and the ledger of all that was ever shown."""

from fieldcraft.theory.models.evidence import Says, Test, Verdict
from fieldcraft.theory.models.purposes import (
    LONGEST_SENTENCE,
    LONGEST_THEME,
    Invitation,
    Offering,
    OfferingCondition,
    Theme,
)
from fieldcraft.theory.models.release import Audience, CellKind, Counted, Released, RosterPlace, Thresholds, Window
from fieldcraft.theory.models.theory import (
    REQUIRED_PARTS,
    Challenge,
    Claim,
    ClaimText,
    Construct,
    Delay,
    Kind,
    LoopName,
    Outcome,
    Part,
    Sign,
    Sure,
    Theory,
    Version,
)

__all__ = [
    "LONGEST_SENTENCE", "LONGEST_THEME", "REQUIRED_PARTS", "Audience", "CellKind", "Challenge", "Claim", "ClaimText", "Construct", "Counted", "Delay", "Invitation", "Kind",
    "LoopName", "Offering", "OfferingCondition", "Outcome", "Part", "Released", "RosterPlace", "Says", "Sign", "Sure", "Test", "Theme",
    "Theory", "Thresholds", "Verdict", "Version", "Window",
]  # fmt: skip
