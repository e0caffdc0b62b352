"""Note, adapt, add, set aside: what a team does with a page. Each agreed at once; agreeing together comes on top."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.engine.words import slug_of
from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.manual import policy
from fieldcraft.manual.actions.writing import bump, derive, underive, unique_slugs, written
from fieldcraft.manual.models import Edition, Manual, OldName, Page, Pole, Revision, Standing, State
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.resolve import stack_now
from fieldcraft.people.access import Actor, require


@dataclass(frozen=True, slots=True)
class Text:
    """What somebody wrote: the words and why.

    quote: for a local note, the words it stands beside; "" for the page as a whole.
    """

    title: str
    body: str = ""
    tags: tuple[str, ...] = ()
    section: tuple[str, ...] | None = None
    position: int | None = None
    quote: str = ""
    reason: str = ""
    pole: str = ""
    fields: tuple[tuple[str, str], ...] = field(default=())


@transaction.atomic
def add_page(*, actor: Actor, manual: Manual, text: Text, state: State = State.AGREED) -> Revision:
    """A page that exists only in this manual (and in those built on it)."""
    require(policy.can_write(actor, manual))
    page = Page.objects.create(manual=manual)
    return _new_edition(actor, manual, page.pk, Standing.LOCAL, text, state=state)


@transaction.atomic
def adapt_page(
    *, actor: Actor, manual: Manual, page_id: UUID, text: Text, based_on: UUID, state: State = State.AGREED
) -> Revision:
    """Cover the page below with the team's own text, keeping the revision it was based on."""
    require(policy.can_write(actor, manual))
    bump(manual)  # holds the row: of two who adapt at once, the second finds the first's page
    below = _inherited(manual, page_id)
    if below.revision_id != based_on:
        raise Stale(_("The page has changed since you began. Both texts are kept; look at the new one first."))
    return _new_edition(actor, manual, page_id, Standing.ADAPTED, text, state=state, base=based_on, path=below.path)


@transaction.atomic
def note_page(*, actor: Actor, manual: Manual, page_id: UUID, text: Text, state: State = State.AGREED) -> Revision:
    """A local note beside an inherited page, which goes on following the core."""
    require(policy.can_write(actor, manual))
    below = _inherited(manual, page_id)
    return _new_edition(actor, manual, page_id, Standing.NOTED, text, state=state, base=below.revision_id)


@transaction.atomic
def set_page_aside(*, actor: Actor, manual: Manual, page_id: UUID, reason: str) -> Revision:
    """The team does not use this page, and says why."""
    require(policy.can_write(actor, manual))
    if not reason.strip():
        raise Invalid(_("Say in a few words why your team does not use this page."))
    bump(manual)
    below = _inherited(manual, page_id)
    text = Text(title=below.title, reason=reason, pole=Pole.LOCAL_PRACTICE)
    return _new_edition(actor, manual, page_id, Standing.SET_ASIDE, text, state=State.AGREED, base=below.revision_id)


@transaction.atomic
def revise(*, actor: Actor, edition: Edition, text: Text, based_on: UUID) -> Revision:
    """A new agreed text of an edition, based on the revision the writer had before them."""
    require(policy.can_write(actor, edition.manual))
    edition = Edition.objects.select_for_update(of=("self",)).select_related("manual").get(pk=edition.pk)
    if edition.current_id != based_on:
        raise Stale(_("Somebody else changed this page since you began. Both texts are kept; look at theirs first."))
    old = Revision.objects.get(pk=based_on)
    revision = _revision(actor, edition, text, base=old.base_id, state=State.AGREED, old=old)
    if edition.title != text.title:
        _rename(edition, text.title)
    _make_current(edition, revision)
    record(by=actor.person_id, verb="page.revised", subject=revision, organisation=edition.manual.organisation_id)
    return revision


@transaction.atomic
def return_to_core(*, actor: Actor, edition: Edition) -> None:
    """End the edition: readers get the page below again; text and history are kept."""
    require(policy.can_write(actor, edition.manual))
    edition.ended_at = timezone.now()
    edition.version = bump(edition.manual)
    edition.save(update_fields=["ended_at", "version"])
    underive(edition.manual, [edition])
    record(by=actor.person_id, verb="page.returned", subject=edition, organisation=edition.manual.organisation_id)


def _inherited(manual: Manual, page_id: UUID) -> Held:
    stack = stack_now(manual)
    held = stack.covering(page_id)
    if held is None:
        raise NotFound(_("There is no such page in this manual."))
    if held.manual_id == manual.pk:
        raise Invalid(_("Your team has its own version of this page; change that one."))
    return held


def _new_edition(
    actor: Actor,
    manual: Manual,
    page_id: UUID,
    standing: Standing,
    text: Text,
    *,
    state: State,
    base: UUID | None = None,
    path: str = "",
) -> Revision:
    if not text.title.strip():
        raise Invalid(_("Give the page a title."))
    taken = set(Edition.objects.filter(manual=manual, ended_at=None).values_list("slug", flat=True))
    edition = Edition.objects.create(
        manual=manual,
        page_id=page_id,
        standing=standing,
        title=text.title,
        path=path,  # so that relative links of an imported page go on leading where they led
        slug=slug_of(text.title) if standing == Standing.NOTED else unique_slugs(taken, slug_of(text.title)),
        tags=list(text.tags),
        section=None if text.section is None else list(text.section),
        position=text.position,
    )
    revision = _revision(actor, edition, text, base=base, state=state)
    if state == State.AGREED:
        _make_current(edition, revision)
    record(by=actor.person_id, verb=f"page.{standing}", subject=revision, organisation=manual.organisation_id)
    return revision


def _revision(
    actor: Actor, edition: Edition, text: Text, *, base: UUID | None, state: State, old: Revision | None = None
) -> Revision:
    """old: the text it comes after, whose front matter and further fields it keeps."""
    now: datetime = timezone.now()
    return Revision.objects.create(
        edition=edition,
        parent=old,
        base_id=base,
        title=text.title,
        body=text.body,
        header=old.header if old else "",
        tags=list(text.tags),
        fields=[list(pair) for pair in text.fields] or (old.fields if old else []),
        quote=text.quote,
        reason=text.reason,
        pole=text.pole,
        state=state,
        by_id=actor.person_id,
        agreed_at=now if state == State.AGREED else None,
    )


def _rename(edition: Edition, title: str) -> None:
    taken = set(
        Edition.objects.filter(manual=edition.manual, ended_at=None)
        .exclude(pk=edition.pk)
        .values_list("slug", flat=True)
    )
    OldName.objects.update_or_create(
        manual=edition.manual, name=edition.slug, defaults={"page_id": edition.page_id, "version": edition.version}
    )
    edition.title, edition.slug = title, unique_slugs(taken, slug_of(title))


def _make_current(edition: Edition, revision: Revision) -> None:
    edition.current = revision
    edition.tags = revision.tags
    edition.version = bump(edition.manual)
    edition.save(update_fields=["current", "tags", "title", "slug", "version"])
    derive(edition.manual, [written(edition, revision)])


def revise_held(*, actor: Actor, held: Held, more: str, reason: str) -> Revision:
    """Add to the end of a page's present text."""
    edition = Edition.objects.select_related("manual", "current").get(pk=held.edition_id)
    old = edition.current
    if old is None:
        raise NotFound(_("There is no such page in this manual."))
    text = Text(old.title, old.body.rstrip() + more + "\n", tuple(old.tags), reason=reason, pole=Pole.LOCAL_PRACTICE)
    return revise(actor=actor, edition=edition, text=text, based_on=old.pk)


def state_of(*, is_draft: bool) -> State:
    """The state of a new revision: a draft of the team's, or agreed at once."""
    return State.DRAFT if is_draft else State.AGREED
