"""Taking words out that should never have been written: the name of somebody the team works with, found too late.

The one act that changes texts which readers had. It leaves no way back, so a plan of it comes first.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize
from urllib.parse import quote
from uuid import UUID

from django.db import models, transaction

from fieldcraft.audit.actions import record
from fieldcraft.engine.words import slug_of
from fieldcraft.engine.words import words as folded
from fieldcraft.errors import Invalid
from fieldcraft.manual.actions.writing import bump, index, rendered_anew, unique_slugs, written
from fieldcraft.manual.models import (
    Edition,
    Entry,
    Import,
    Manual,
    Offer,
    OldName,
    Publication,
    Question,
    Remark,
    Reply,
    Revision,
    Step,
)

MARK = "(…)"  # square brackets would make a link of it, or break the one that it stands in
SHORTEST = 3
_NO_LETTER_BEFORE, _NO_LETTER_BEHIND = r"(?<![^\W_])", r"(?![^\W_])"  # “_Jayden_” is the word in italics
_BETWEEN = r"(?:(?:\s|[>\\]|&nbsp;|<br ?/?>)+|[-_+]|%20)"
"""What stands between words on a page, from one line of a quotation to its next too, and in the address of one."""
_BATCH = 200
PLACES: Mapping[type[models.Model], tuple[str, tuple[str, ...]]] = {
    Revision: (
        "edition__manual",
        ("title", "body", "header", "quote", "prefix", "suffix", "reason", "answer", "section", "tags", "fields"),
    ),
    Edition: ("manual", ("title", "path", "section", "tags")),
    Remark: ("manual", ("quote", "prefix", "suffix", "body", "from_name", "answer")),
    Reply: ("remark__manual", ("body",)),
    Offer: ("manual", ("reason", "reason_why")),
    Question: ("offer__manual", ("body",)),
    Publication: ("manual", ("title", "note")),
    Step: ("manual", ("choices",)),
    Import: ("manual", ("title", "name", "plan", "problem")),
}
"""Where people's words stand: by which way a row belongs to a manual, and in which of its columns."""


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What held the words; rows: how many of each kind. elsewhere: addresses of other manuals that hold them still."""

    rows: Mapping[str, int]
    elsewhere: tuple[str, ...]


def take_words_out(*, by: UUID | None, manual: Manual, words: str, apply: bool) -> TakenOut:
    """Put “(…)” for the words in all that was ever written in the manual, its history, drafts and remarks included.

    Capitals and white space count alike; parts of longer words are left. apply: False changes nothing and counts the same.
    """
    pattern = _pattern(words)
    with transaction.atomic():
        version = bump(manual)
        held = {model: list(_holding(model, manual, pattern)) for model in PLACES}
        for model, found in held.items():
            model._default_manager.bulk_update(found, PLACES[model][1], batch_size=_BATCH)
        _readdress(manual, f"-{slug_of(words)}-", version)
        _derive_anew(manual, version, held[Revision])
        record(by=by, verb="manual.words_taken_out", subject=manual, organisation=manual.organisation_id)
        if not apply:
            transaction.set_rollback(True)
    rows = {model._meta.model_name or "": len(found) for model, found in held.items() if found}
    return TakenOut(rows, _elsewhere(manual, words))


def _pattern(words: str) -> re.Pattern[str]:
    said = words.split()
    if len("".join(said)) < SHORTEST:
        raise Invalid("Say at least three letters; fewer stand in too many words.")
    ways = "|".join(_BETWEEN.join(map(_letters, way.split())) for way in _ways(said))
    return re.compile(f"{_NO_LETTER_BEFORE}(?:{ways}){_NO_LETTER_BEHIND}", re.IGNORECASE)


def _ways(said: list[str]) -> list[str]:
    """The words as people type them, as some devices keep accents in names of files, and as they stand in addresses."""
    typed = normalize("NFC", " ".join(said))
    in_address = [slug_of(typed)] if len(folded(typed)) > 1 else []
    return [typed, normalize("NFD", typed), " ".join(map(quote, typed.split())), *in_address]


def _letters(word: str) -> str:
    return "['’]".join(map(re.escape, re.split("['’]", word)))


def _holding(model: type[models.Model], manual: Manual, pattern: re.Pattern[str]) -> Iterator[Any]:
    """The rows in which the words stand, with the mark in their place."""
    way, columns = PLACES[model]
    for row in model._default_manager.filter(**{way: manual}).iterator(_BATCH):
        before = [getattr(row, name) for name in columns]
        after = [_without(value, pattern) for value in before]
        if before != after:
            for name, value in zip(columns, after, strict=True):
                setattr(row, name, value)
            yield row


def _without(value: Any, pattern: re.Pattern[str]) -> Any:
    """The value of a column, lists and mappings as deep as they go."""
    if isinstance(value, str):
        return pattern.sub(MARK, value)
    if isinstance(value, list):
        return [_without(each, pattern) for each in value]
    if isinstance(value, dict):
        return {_without(name, pattern): _without(each, pattern) for name, each in value.items()}
    return value


def _readdress(manual: Manual, named: str, version: int) -> None:
    """Addresses are made of titles; what led to a page by a name with these words leads there no longer."""
    former = [each.pk for each in OldName.objects.filter(manual=manual) if named in f"-{slug_of(each.name)}-"]
    OldName.objects.filter(pk__in=former).delete()
    editions = list(Edition.objects.filter(manual=manual))
    renamed = [each for each in editions if named in f"-{each.slug}-"]
    taken = {each.slug for each in editions if each not in renamed}
    for edition in renamed:
        edition.slug, edition.version = unique_slugs(taken, slug_of(edition.title)), version
        edition.save(update_fields=["slug", "version"])


def _derive_anew(manual: Manual, version: int, revisions: list[Revision]) -> None:
    """How the texts look, and what search, links and suggestions know of those that readers have."""
    rendered_anew(revisions)
    changed = {revision.pk for revision in revisions}
    listed = Edition.objects.filter(pk__in=Entry.objects.filter(manual=manual).values("edition"), current__in=changed)
    texts = [written(each, each.current) for each in listed.select_related("current") if each.current]
    index(manual, texts)
    Edition.objects.filter(manual=manual, current__in=changed).update(version=version)


def _elsewhere(manual: Manual, words: str) -> tuple[str, ...]:
    said = " ".join(words.split())
    revisions = Revision.objects.filter(models.Q(body__icontains=said) | models.Q(title__icontains=said))
    texts = revisions.exclude(edition__manual=manual).values_list("edition__manual__slug", flat=True)
    remarks = Remark.objects.filter(body__icontains=said).exclude(manual=manual).values_list("manual__slug", flat=True)
    return tuple(sorted({*texts, *remarks}))
