"""A part of a page becomes a page of its own, and the page keeps a link in its place."""

from dataclasses import replace
from posixpath import dirname
from posixpath import join as joined
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fieldcraft.engine.prose.sections import Cut, Section, cut, parts_to_split
from fieldcraft.engine.words import name_key, slug_of
from fieldcraft.errors import Invalid, Stale
from fieldcraft.manual import policy
from fieldcraft.manual.actions.drafts import Text, put_to_team
from fieldcraft.manual.actions.halves import join
from fieldcraft.manual.actions.pages import edition_for
from fieldcraft.manual.actions.writing import bump
from fieldcraft.manual.models import Edition, Manual, Page, Revision, Standing
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.resolve import Stack, stack_now
from fieldcraft.people.access import Actor, require

_IN_NO_LINK = str.maketrans(dict.fromkeys("[]|#\n", " "))


@transaction.atomic
def split_page(
    *, actor: Actor, manual: Manual, page_id: UUID, start: int, title: str, based_on: UUID, reason: str = ""
) -> tuple[Revision, Revision]:
    """The section that begins at `start` as a page of its own, and the page without it: both put to the team, to be agreed together.

    title: of the new page; "" for the section's heading. based_on: the text that the writer had before them.
    """
    require(policy.can_write(actor, manual))
    bump(manual)
    stack = stack_now(manual)
    held = stack.covering(page_id)
    if held is None or held.revision_id != based_on or held.manual_id != manual.pk:
        raise Stale(_("The page has changed since you began. Look at it again; nothing was split off."))
    edition = Edition.objects.select_related("manual__team", "current").get(pk=held.edition_id)
    old = edition.current
    assert old is not None  # a page that is held has a text
    section = section_at(old, start)
    name = _free_title(stack, title.strip() or section.title)
    split = cut_off(old, section, name)
    part = _part(actor, stack, held, old, Text(name, split.part, reason=reason))
    left = Text(old.title, split.left, tuple(old.tags), reason=reason)
    rest = _rest(actor, edition, old, left, name)
    join(rest, part)
    return part, rest


def section_at(revision: Revision, start: int) -> Section:
    """The part of the text that begins there and can be split off. Raises Invalid."""
    found = next((each for each in parts_to_split(revision.body) if each.start == start), None)
    if found is None or revision.standing not in {Standing.LOCAL, Standing.ADAPTED}:
        raise Invalid(_("Choose one of the parts from the list."))
    return found


def cut_off(revision: Revision, section: Section, title: str) -> Cut:
    """Both texts, with a link by title where the section stood."""
    return cut(revision.body, section, f"[[{_in_link(title or section.title)}]]")


def _in_link(title: str) -> str:
    """The title without the signs that mean something inside a link; the page is found all the same."""
    return " ".join(title.translate(_IN_NO_LINK).split())


def _free_title(stack: Stack, title: str) -> str:
    if len(title) > 255:
        raise Invalid(_("The heading is longer than a title can be. Give the new page a shorter one."))
    if not _in_link(title):
        raise Invalid(_("Give the new page a title with a word in it."))
    there = stack.titled(_in_link(title))
    if there and name_key(there.title) == name_key(title):
        raise Invalid(
            _("There is a page “%(title)s” already. Give the new one another title.") % {"title": there.title}
        )
    return title


def _part(actor: Actor, stack: Stack, held: Held, old: Revision, text: Text) -> Revision:
    """The new page stands where the old one stands, and its links lead where they led."""
    page = Page.objects.create(manual=stack.manual)
    edition = edition_for(stack.manual, page.pk, Standing.LOCAL, text.title, _path_beside(stack, held, text.title))
    placed: Held | None = held
    while placed is not None and placed.section is None:
        placed = stack.below(placed)
    text = replace(
        text,
        tags=tuple(old.tags),
        section=placed.section if placed else None,
        position=held.position if held.position is not None else placed.position if placed else None,
        reason=text.reason or _("Split off from “%(title)s”.") % {"title": old.title},
        copied_from=old.pk,
    )
    return put_to_team(actor=actor, edition=edition, text=text, standing=Standing.LOCAL, base=None)


def _path_beside(stack: Stack, held: Held, title: str) -> str:
    """A path of its own in the folder that the page was imported from; "" for one that was written here."""
    if not held.path:
        return ""
    ending = held.path.rpartition(".")[2]
    path = joined(dirname(held.path), f"{slug_of(title)}.{ending}")
    return "" if stack.at_path(path) else path


def _rest(actor: Actor, edition: Edition, old: Revision, text: Text, name: str) -> Revision:
    why = _("“%(title)s” became a page of its own.") % {"title": name}
    text = replace(text, reason=text.reason or why)
    return put_to_team(actor=actor, edition=edition, text=text, standing=Standing(edition.standing), base=old.base_id)
