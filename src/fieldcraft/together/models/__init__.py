"""Conditions, and what became of them."""

from fieldcraft.together.models.condition import (
    ANSWERED,
    Condition,
    ConditionStep,
    Helped,
    Raising,
    Stage,
    Voice,
)

__all__ = ["ANSWERED", "Condition", "ConditionStep", "Helped", "Raising", "Stage", "Voice"]
