"""Taking words out that should never have been written: the name of somebody the team works with, found too late.

The one act that changes texts which readers had. It leaves no way back, so a plan of it comes first.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from posixpath import splitext
from typing import Any
from unicodedata import normalize
from urllib.parse import quote
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.engine.words import name_key, slug_of
from fieldcraft.engine.words import words as folded
from fieldcraft.errors import Invalid
from fieldcraft.manual.actions.writing import bump, forget_former_words, index, rendered_anew, unique_slugs, written
from fieldcraft.manual.models import (
    Attachment,
    Edition,
    Entry,
    Import,
    Manual,
    Offer,
    OldName,
    Publication,
    Question,
    Remark,
    Rendering,
    Reply,
    Revision,
    Step,
)
from fieldcraft.rows import write_over_what_went

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
    Attachment: ("manual", ("path", "fields")),
}
"""Where people's words stand: by which way a row belongs to a manual, and in which of its columns."""


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What held the words; rows: how many of each kind.

    left: titles of texts in which they are read all the same, as their letters are marked in different ways.
    elsewhere: addresses of other manuals that hold them still.
    """

    rows: Mapping[str, int]
    left: tuple[str, ...]
    elsewhere: tuple[str, ...]


def take_words_out(*, by: UUID | None, manual: Manual, words: str, apply: bool) -> TakenOut:
    """Put “(…)” for the words in all that was ever written in the manual, its history, drafts and remarks included.

    Capitals and white space count alike; parts of longer words are left. apply: False changes nothing and counts the same.
    """
    pattern = _pattern(words)
    with transaction.atomic():
        version = bump(manual)
        held = {model: list(_holding(model, manual, pattern)) for model in PLACES}
        _keep_apart(manual, held[Attachment])
        for model, found in held.items():
            model._default_manager.bulk_update(found, PLACES[model][1], batch_size=_BATCH)
        _readdress(manual, pattern, f"-{'-'.join(folded(words))}-", version)
        _derive_anew(manual, version, held[Revision], held[Edition])
        left = _left(manual, pattern)
        record(by=by, verb="manual.words_taken_out", subject=manual, organisation=manual.organisation_id)
        if apply:
            transaction.on_commit(write_over_what_went, robust=True)
        else:
            transaction.set_rollback(True)
    rows = {model._meta.model_name or "": len(found) for model, found in held.items() if found}
    return TakenOut(rows, left, _elsewhere(manual, pattern))


def _pattern(words: str) -> re.Pattern[str]:
    said = words.split()
    if len("".join(said)) < SHORTEST:
        raise Invalid(_("Say at least three letters; fewer stand in too many words."))
    ways = "|".join(_BETWEEN.join(map(_letters, way.split())) for way in _ways(said))
    return re.compile(f"{_NO_LETTER_BEFORE}(?:{ways}){_NO_LETTER_BEHIND}", re.IGNORECASE)


def _ways(said: list[str]) -> list[str]:
    """The words as people type them, as some devices keep accents in names of files, and as they stand in addresses."""
    typed = normalize("NFC", " ".join(said))
    bare = folded(typed)
    in_address = [" ".join(bare)] if len(bare) > 1 else []
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


def _keep_apart(manual: Manual, files: list[Attachment]) -> None:
    """Files that would have one name now are numbered."""
    others = Attachment.objects.filter(manual=manual).exclude(pk__in=[each.pk for each in files])
    taken = set(others.values_list("path", flat=True))
    for each in files:
        name, ending = splitext(each.path)
        number = next(at for at in count(1) if _numbered(name, at, ending) not in taken)
        each.path = _numbered(name, number, ending)
        taken.add(each.path)


def _numbered(name: str, number: int, ending: str) -> str:
    return f"{name}-{number}{ending}" if number > 1 else f"{name}{ending}"


def _readdress(manual: Manual, pattern: re.Pattern[str], named: str, version: int) -> None:
    """Addresses are made of titles; one that was made of these words leads nowhere any more."""
    _rename_former(manual, pattern, named, version)
    editions = list(Edition.objects.filter(manual=manual))
    renamed = [each for each in editions if named in f"-{each.slug}-"]
    taken = {each.slug for each in editions if each not in renamed}
    for edition in renamed:
        edition.slug, edition.version = unique_slugs(taken, slug_of(edition.title)), version
        edition.save(update_fields=["slug", "version"])


def _rename_former(manual: Manual, pattern: re.Pattern[str], named: str, version: int) -> None:
    """Links by a former title or path lead on, since the words went from them, too."""
    names = OldName.objects.filter(manual=manual)
    former = [each for each in names if named in f"-{slug_of(each.name)}-"]
    names.filter(pk__in=[each.pk for each in former]).delete()
    pages: dict[str, UUID] = {}
    for each in former:
        name = pattern.sub(MARK, each.name)
        pages |= {} if named in f"-{slug_of(name)}-" else dict.fromkeys((name, name_key(name)), each.page_id)
    again = [OldName(manual=manual, page_id=page, name=name, version=version) for name, page in pages.items()]
    OldName.objects.bulk_create(again, ignore_conflicts=True)


def _derive_anew(manual: Manual, version: int, revisions: list[Revision], editions: list[Edition]) -> None:
    """How the texts look, and what search, links and suggestions know of those that readers have."""
    rendered_anew(revisions)
    changed = {revision.pk for revision in revisions}
    listed = Edition.objects.filter(pk__in=Entry.objects.filter(manual=manual).values("edition"), current__in=changed)
    texts = [written(each, each.current) for each in listed.select_related("current") if each.current]
    index(manual, texts)
    forget_former_words(manual)
    anew = models.Q(current__in=changed) | models.Q(pk__in=[each.pk for each in editions])
    Edition.objects.filter(anew, manual=manual).update(version=version)


def _left(manual: Manual, pattern: re.Pattern[str]) -> tuple[str, ...]:
    texts = Rendering.objects.filter(revision__edition__manual=manual).values_list("revision__title", "text")
    return tuple(sorted({title for title, text in texts.iterator(_BATCH) if pattern.search(text)}))


def _elsewhere(manual: Manual, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Looked for as here, since databases know other capitals and no line ends."""
    found: set[str] = set()
    for model, (way, columns) in PLACES.items():
        texts = model._default_manager.exclude(**{way: manual}).values_list(f"{way}__slug", *columns)
        found |= {slug for slug, *values in texts.iterator(_BATCH) if slug and _without(values, pattern) != values}
    return tuple(sorted(found))
