"""The way of every change: put to the team as a draft, agreed by its reflective quorum, or answered otherwise."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.errors import Invalid, NotAllowed, NotFound, Stale
from fieldcraft.manual import policy
from fieldcraft.manual.actions.again import draft_sent_before
from fieldcraft.manual.actions.editions import end, take_effect
from fieldcraft.manual.actions.emptying import require_words
from fieldcraft.manual.actions.gathering import gather, state_once_agreed
from fieldcraft.manual.actions.halves import replace_half, with_other_half
from fieldcraft.manual.actions.preparing import tell
from fieldcraft.manual.actions.settling import reopen, settle
from fieldcraft.manual.actions.writing import Written, bump, keep_renderings, written
from fieldcraft.manual.models import Agreement, Edition, Remark, Revision, Standing, State
from fieldcraft.manual.queries.drafts import is_overtaken, yeses_needed, yeses_of
from fieldcraft.people.access import Actor, require

_WAITING = (State.DRAFT, State.GATHERED)


@dataclass(frozen=True, slots=True)
class Text:
    """What somebody wrote: the words and why.

    section, position: where the page is to stand; None leaves it where it is.
    quote, prefix, suffix: for a local note, the words it stands beside; "" for the page as a whole.
    remark: the remark that the change came from; step: the step it brings the page into step with.
    copied_from: the text of another page or manual that it was taken from.
    """

    title: str
    body: str = ""
    tags: tuple[str, ...] = ()
    section: tuple[str, ...] | None = None
    position: int | None = None
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    reason: str = ""
    pole: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    remark: UUID | None = None
    step: UUID | None = None
    copied_from: UUID | None = None


def put_to_team(
    *, actor: Actor, edition: Edition, text: Text, standing: Standing, base: UUID | None, redone: Revision | None = None
) -> Revision:
    """Keep the change as a draft with its writer's own yes; where one yes is enough, readers get it at once.

    Inside the caller's transaction, which has asked whether the actor may and holds the manual's row.
    redone: the draft that this one replaces.
    """
    if not any(sign.isprintable() and not sign.isspace() for sign in text.title):
        raise Invalid(_("Give the page a title."))
    _require_own_remark(edition, text)
    said, state = _as_draft(actor, edition, text), _state_of_new(edition)
    if not state and (again := draft_sent_before(actor, edition, {**said, "base_id": base}, standing)):
        return again
    draft = Revision.objects.create(
        **said,
        **state,
        standing=standing,
        base_id=base,
        redone_from=redone,
    )
    text_as_read = written(edition, draft)
    keep_renderings([text_as_read])
    if actor.person_id:  # a command acts for nobody
        Agreement.objects.create(revision=draft, by_id=actor.person_id)
    if draft.state == State.AGREED:
        _give_readers(actor, draft, text_as_read)
    else:
        record(by=actor.person_id, verb=f"draft.{standing}", subject=draft, organisation=edition.manual.organisation_id)
    return draft


def _require_own_remark(edition: Edition, text: Text) -> None:
    """A draft settles the remark it came from, so it must be a remark on this very page in this very manual."""
    if text.remark is None:
        return
    if not Remark.objects.filter(pk=text.remark, manual=edition.manual, page=edition.page_id).exists():
        raise Invalid(_("This page has no such remark. Look for it on the list, and begin again there."))


def _as_draft(actor: Actor, edition: Edition, text: Text) -> dict[str, object]:
    """The draft's values; front matter and further fields are those of the text it comes after."""
    old = edition.current
    return {
        "edition": edition,
        "parent": None if edition.ended_at else old,
        "title": text.title.strip(),
        "body": text.body,
        "header": old.header if old else "",
        "tags": list(text.tags),
        "section": None if text.section is None else list(text.section),
        "position": text.position,
        "fields": [list(pair) for pair in text.fields] or (old.fields if old else []),
        "quote": text.quote,
        "prefix": text.prefix,
        "suffix": text.suffix,
        "reason": text.reason,
        "pole": text.pole,
        "by_id": actor.person_id,
        "remark_id": text.remark,
        "step_id": text.step,
        "copied_from_id": text.copied_from or (old.copied_from_id if old else None),
    }


def _state_of_new(edition: Edition) -> dict[str, object]:
    """Where one yes is enough its writer's own is, so that it is agreed from the first and never open."""
    return state_once_agreed(edition) if yeses_needed(edition.manual) == 1 else {}


@transaction.atomic
def agree(*, actor: Actor, draft: Revision) -> Revision:
    """Say yes, to both halves of a split; the last yes that the quorum needs gives readers the text."""
    draft = _held_open(actor, draft)
    halves = with_other_half(draft)
    for each in halves:
        _require_up_to_date(each)
        Agreement.objects.get_or_create(revision=each, by_id=actor.person_id)
    needed = yeses_needed(draft.edition.manual)
    if all(yeses_of(each) >= needed for each in halves):
        for each in halves:
            _counted(actor, each)
    return draft


def _counted(actor: Actor, draft: Revision) -> None:
    """Enough have said yes: readers get it now, or with what its manual gathers."""
    if gather(draft):
        manual = draft.edition.manual
        record(by=actor.person_id, verb="draft.gathered", subject=draft, organisation=manual.organisation_id)
    else:
        _give_readers(actor, draft)


def _require_up_to_date(draft: Revision) -> None:
    if not is_overtaken(draft):
        return
    if draft.edition.standing == Standing.NOTED:
        raise Stale(_("The note has changed since this draft was written. Bring the draft up to date first."))
    raise Stale(_("The page has changed since this draft was written. Bring the draft up to date first."))


def _give_readers(actor: Actor, draft: Revision, text: Written | None = None) -> None:
    """Enough have said yes. `text`: what was made of it, where that is at hand.

    The trail tells a draft that was never open by one event, `page.…`, without a `draft.…` before it.
    """
    manual = draft.edition.manual
    take_effect(draft, text)
    settle(actor.person_id, draft)
    tell(manual, [draft.edition.page_id], draft.base_id)
    record(by=actor.person_id, verb=f"page.{draft.standing}", subject=draft, organisation=manual.organisation_id)


@transaction.atomic
def take_back_yes(*, actor: Actor, draft: Revision) -> None:
    """A yes can be taken back as long as the draft is open."""
    halves = with_other_half(_held_open(actor, draft))
    Agreement.objects.filter(revision__in=halves, by=actor.person_id).delete()


@transaction.atomic
def decline(*, actor: Actor, draft: Revision, reason: str) -> Revision:
    """Not this, and why; the text is kept in the history."""
    if not reason.strip():
        raise Invalid(_("Say in a few words why not. Whoever wrote it will read this."))
    return _ended(actor, _held_open(actor, draft), State.DECLINED, reason)


@transaction.atomic
def withdraw(*, actor: Actor, draft: Revision, reason: str = "") -> Revision:
    """Whoever wrote a draft takes it back."""
    draft = _held_open(actor, draft)
    if draft.by_id != actor.person_id:
        raise NotAllowed(_("Only whoever wrote a draft can withdraw it. You can decline it and say why."))
    return _ended(actor, draft, State.WITHDRAWN, reason)


@transaction.atomic
def redo(*, actor: Actor, draft: Revision, text: Text, based_on: UUID | None) -> Revision:
    """A new text for an open or gathered draft, which starts being agreed afresh; anybody of the team may write it.

    based_on: the page's text that the writer had before them; None for a page that readers do not have yet.
    """
    draft = _held_open(actor, draft, _WAITING)
    edition = draft.edition
    if based_on != (None if edition.ended_at else edition.current_id):
        raise Stale(_("Somebody else changed this page since you began. Both texts are kept; look at theirs first."))
    if draft.standing == Standing.SET_ASIDE and not text.reason.strip():
        raise Invalid(_("Say in a few words why your team does not use this page."))
    if draft.standing in {Standing.ADAPTED, Standing.LOCAL}:
        require_words(text.body, draft.pk)
    _answer(actor, draft, State.WITHDRAWN, _("A newer draft took its place."))
    standing, text = Standing(draft.standing), _in_its_place(text, draft)
    made = put_to_team(actor=actor, edition=edition, text=text, standing=standing, base=draft.base_id, redone=draft)
    for other in replace_half(draft, made):
        if made.state != State.DRAFT:  # one yes is enough by now
            agree(actor=actor, draft=other)
    return made


def _in_its_place(text: Text, draft: Revision) -> Text:
    """Where the draft would stand and what it came from, as far as the new text does not say otherwise.

    One that gives a text up, or sets the page aside, has only its reason to be said otherwise.
    """
    if draft.standing in {Standing.INHERITED, Standing.SET_ASIDE}:
        as_now = (draft.standing == Standing.INHERITED and draft.edition.current) or draft
        text = replace(text, title=as_now.title, body=as_now.body, tags=tuple(as_now.tags))
    if text.section is None and text.position is None:
        section = None if draft.section is None else tuple(draft.section)
        text = replace(text, section=section, position=draft.position)
    if not text.quote:
        text = replace(text, quote=draft.quote, prefix=draft.prefix, suffix=draft.suffix)
    return replace(text, remark=text.remark or draft.remark_id, step=draft.step_id, copied_from=draft.copied_from_id)


def _ended(actor: Actor, draft: Revision, state: State, answer: str) -> Revision:
    """With the other half of a split, for one alone would lose words or double them."""
    for each in with_other_half(draft):
        _end(actor, each, state, answer)
    return draft


def _end(actor: Actor, draft: Revision, state: State, answer: str) -> None:
    """An edition on which nothing hangs any more is no longer in the way of what was given up before."""
    _answer(actor, draft, state, answer)
    reopen(draft)
    edition = draft.edition
    if edition.current_id is None and not edition.revisions.filter(state__in=_WAITING).exists():
        end(edition)


def _answer(actor: Actor, draft: Revision, state: State, answer: str) -> Revision:
    draft.state, draft.answer = state, answer.strip()
    draft.answered_by_id, draft.answered_at, draft.publication = actor.person_id, timezone.now(), None
    draft.save(update_fields=["state", "answer", "answered_by", "answered_at", "publication"])
    manual = draft.edition.manual
    record(by=actor.person_id, verb=f"draft.{state}", subject=draft, organisation=manual.organisation_id)
    return draft


def _held_open(actor: Actor, draft: Revision, states: Collection[State] = (State.DRAFT,)) -> Revision:
    """The draft as it is now, with its manual's row held; somebody may have answered it meanwhile."""
    manual = draft.edition.manual
    require(policy.can_write(actor, manual))
    bump(manual)
    now = Revision.objects.select_related("edition__manual__team", "edition__current").get(pk=draft.pk)
    if now.state not in states:
        raise NotFound(_("This draft is no longer open: somebody has agreed, declined or withdrawn it meanwhile."))
    return now
