"""Conditions, and what became of them."""

from fieldcraft.together.models.condition import (
    ANSWERED,
    LONGEST_ANSWER,
    LONGEST_WORDS,
    Condition,
    ConditionPage,
    ConditionStep,
    Helped,
    Raising,
    Said,
    Stage,
    Voice,
)

__all__ = [
    "ANSWERED",
    "LONGEST_ANSWER",
    "LONGEST_WORDS",
    "Condition",
    "ConditionPage",
    "ConditionStep",
    "Helped",
    "Raising",
    "Said",
    "Stage",
    "Voice",
]
