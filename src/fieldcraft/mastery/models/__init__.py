"""The compass: everything here belongs to its owner, but for exercises and safety, which belong to an organisation."""

from fieldcraft.mastery.models.checkin import Answer, CheckIn, Event
from fieldcraft.mastery.models.compass import (
    PLACES,
    Change,
    Hold,
    Obstacle,
    ObstacleKind,
    Purpose,
    RealityNote,
    Scope,
    TensionMark,
    Vision,
    VisionRevision,
    Whose,
    Why,
    Wish,
)
from fieldcraft.mastery.models.practice import (
    Followed,
    Outcome,
    OwnExercise,
    Practice,
    PracticeNote,
    Reflection,
    Weight,
)
from fieldcraft.mastery.models.sharing import Retention, Safety, Share, ShareRead, SwitchedOff

__all__ = [
    "PLACES", "Answer", "Change", "CheckIn", "Event", "Followed", "Hold", "Obstacle", "ObstacleKind", "Outcome",
    "OwnExercise", "Practice", "PracticeNote", "Purpose", "RealityNote", "Reflection", "Retention", "Safety", "Scope",
    "Share", "ShareRead", "SwitchedOff", "TensionMark", "Vision", "VisionRevision", "Weight", "Whose", "Why", "Wish",
]  # fmt: skip
