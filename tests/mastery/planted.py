"""A compass in which there is one thing of every kind, each text of it a word that stands nowhere else."""

from typing import Any

from django.db import models
from django.utils import timezone
from tests.conftest import Cast

from fieldcraft.mastery.models import Vision
from fieldcraft.mastery.queries.kinds import KINDS
from fieldcraft.people.models import Person


def fill(cast: Cast, name: str = "ben") -> dict[str, str]:
    """One thing of every kind for one person, each text of it a word of its own; gives those words."""
    words: dict[str, str] = {}
    made: dict[type[models.Model], models.Model] = {Person: cast.people[name]}
    for kind in KINDS:
        fields = {}
        for field in kind.model._meta.concrete_fields:
            fields |= _value(cast, name, kind.key, field, made, words)
        made[kind.model] = kind.model._default_manager.create(**fields)
    return words


def _value(
    cast: Cast, name: str, key: str, field: Any, made: dict[type[models.Model], models.Model], words: dict[str, str]
) -> dict[str, Any]:
    said = f"{name}{key}{field.name.replace('_', '')}".lower()
    if key in {"share", "retention"} and field.name in {"kind", "thing"}:
        return {"kind": "vision"} if field.name == "kind" else {"thing": made[Vision].pk}
    if field.name == "reader":
        return {"reader": cast.people["ana"]}
    if field.is_relation:
        return {field.name: made[field.related_model]} if field.related_model in made else {}
    if isinstance(field, models.JSONField):
        words[f"{key}.{field.name}"] = said
        return {field.name: [["Asked?", said]] if field.name == "answers" else [said]}
    if isinstance(field, models.CharField | models.TextField) and not field.choices:
        words[f"{key}.{field.name}"] = said
        return {field.name: said[: field.max_length]}
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return {field.name: timezone.localdate()}
    return {field.name: 3} if isinstance(field, models.IntegerField) else _flag(field)


def _flag(field: Any) -> dict[str, Any]:
    return {field.name: True} if isinstance(field, models.BooleanField) else {}
