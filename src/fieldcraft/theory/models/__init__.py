"""Claims and their tests, and the ledger of all that was ever shown."""

from fieldcraft.theory.models.evidence import Says, Test, Verdict
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
    "REQUIRED_PARTS", "Audience", "CellKind", "Challenge", "Claim", "ClaimText", "Construct", "Counted", "Delay",
    "Kind", "LoopName", "Outcome", "Part", "Released", "RosterPlace", "Says", "Sign", "Sure", "Test", "Theory",
    "Thresholds", "Verdict", "Version", "Window",
]  # fmt: skip
