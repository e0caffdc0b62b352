"""What a team does with a step: take theirs, combine, keep ours; left and resumed, brought to the slot, undone.

Each decision is put to the team as a draft like every other change; readers have it when the quorum has agreed.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.manual import policy
from fieldcraft.manual.actions.drafts import Text, put_to_team
from fieldcraft.manual.actions.pages import UNDO_FOR, bring_back, edition_for
from fieldcraft.manual.actions.preparing import count, prepare
from fieldcraft.manual.actions.writing import bump
from fieldcraft.manual.models import Decision, Edition, Fit, Manual, Offer, Revision, Source, Standing, State, Step
from fieldcraft.manual.queries.below import Graph
from fieldcraft.manual.queries.resolve import Stack, stack_now
from fieldcraft.people.access import Actor, require

_WAITING = (State.DRAFT, State.GATHERED)


def step_for(*, actor: Actor, manual: Manual, page_id: UUID) -> Step | None:
    """The open step of a page that the core has moved on from, prepared now where it is not yet; none when in step."""
    require(policy.can_write(actor, manual))
    graph = Graph()
    prepare(graph, [manual.pk], [page_id])
    return Step.objects.filter(manual=manual, page=page_id, source=Source.BELOW, settled_at=None).first()


@transaction.atomic
def open_step(*, actor: Actor, manual: Manual, theirs: Revision, offer: Offer | None = None) -> Step:
    """A step towards a text that was offered, or that another team has; the one that is open, where there is one.

    The caller has asked whether the actor may read `theirs`.
    """
    require(policy.can_write(actor, manual))
    bump(manual)
    page_id = theirs.edition.page_id
    source = Source.OFFER if offer else Source.NEIGHBOUR
    step = Step.objects.filter(manual=manual, page=page_id, source=source, offer=offer, settled_at=None).first()
    step = step or Step(manual=manual, page_id=page_id, source=source, offer=offer)
    ours = _ours(stack_now(manual), page_id)
    if ours and (ours.pk == theirs.pk or (ours.title, ours.body) == (theirs.title, theirs.body)):
        raise Invalid(_("Both texts are the same; there is nothing to combine."))
    step.ours, step.base, step.theirs, step.changed_at = ours, _common(ours, theirs), theirs, timezone.now()
    step.fit = Fit.FITS
    if ours:
        count(step, step.base, ours, theirs)
    step.save()
    return step


def _ours(stack: Stack, page_id: UUID) -> Revision | None:
    held = stack.covering(page_id)
    return Revision.objects.select_related("base").get(pk=held.revision_id) if held else None


def _common(ours: Revision | None, theirs: Revision) -> Revision | None:
    """What both come from: the base of either, or one of the two where the other was made from it."""
    if ours is None or theirs.base_id is None or theirs.base_id == ours.pk:
        return theirs.base if ours and theirs.base_id == ours.pk else None
    if ours.base_id == theirs.pk:
        return theirs
    return theirs.base


@transaction.atomic
def choose(*, actor: Actor, step: Step, choices: Mapping[str, Mapping[str, str]]) -> None:
    """Remember what was chosen so far; anybody of the team may go on from there."""
    step = _held_open(actor, step)
    step.choices = {**step.choices, **{key: dict(choice) for key, choice in choices.items()}}
    step.save(update_fields=["choices"])


@transaction.atomic
def bring_to_slot(*, actor: Actor, step: Step, is_for_slot: bool = True) -> None:
    """To be looked at together; it stands first on the list of what waits for a slot."""
    step = _held_open(actor, step)
    step.is_for_slot = is_for_slot
    step.save(update_fields=["is_for_slot"])


@transaction.atomic
def combine(*, actor: Actor, step: Step, text: Text, based_on: UUID | None) -> Revision:
    """The combined text, put to the team; one that equals the text below brings the page back to it.

    based_on: the team's text that the writer had before them; none for a page that the manual does not have.
    """
    step = _held_undecided(actor, step)
    edition, old = _as_seen(step, based_on)
    theirs = step.theirs
    if theirs is None:
        raise Invalid(
            _("The core does not have this page any more; there is nothing to combine. Keep yours, or take it out.")
        )
    text = replace(text, step=step.pk, fields=text.fields or _fields(old))
    if step.source == Source.OFFER:  # thanked for by name or without; nothing else of the page may lead to its team
        return _enrich(actor, edition, old, text)
    if step.source == Source.NEIGHBOUR:
        return _enrich(actor, edition, old, replace(text, copied_from=theirs.pk))
    if (text.title, text.body, sorted(text.tags)) == (theirs.title, theirs.body, sorted(theirs.tags)):
        return _put(actor, edition, text, Standing.INHERITED, theirs.pk)
    return _put(actor, edition, text, Standing.ADAPTED, theirs.pk)


@transaction.atomic
def take(*, actor: Actor, step: Step, based_on: UUID | None, reason: str, pole: str = "") -> Revision:
    """Theirs as it is. Where the page below is gone, the page goes here too."""
    step = _held_undecided(actor, step)
    edition, old = _as_seen(step, based_on)
    theirs = step.theirs
    if theirs is None or step.fit == Fit.LEFT_OUT:
        given_up = old or edition.current
        assert given_up  # a page that is held has a text
        text = Text(given_up.title, given_up.body, tuple(given_up.tags), reason=reason, pole=pole, step=step.pk)
        return _put(actor, edition, text, Standing.INHERITED, theirs.pk if theirs else given_up.base_id)
    text = Text(theirs.title, theirs.body, tuple(theirs.tags), reason=reason, pole=pole)
    return combine(actor=actor, step=step, text=text, based_on=based_on)


@transaction.atomic
def keep(
    *, actor: Actor, step: Step, based_on: UUID | None, reason: str, pole: str = "", until: date | None = None
) -> Revision:
    """Ours as it is, and why. With a date the step is quiet until then; without one, the page counts as in step.

    A page whose core is gone becomes the team's own.
    """
    if not reason.strip():
        raise Invalid(_("Say in a few words why your team keeps its own."))
    if until and until <= timezone.localdate():
        raise Invalid(_("Choose a day that is still to come, or leave the date empty."))
    step = _held_undecided(actor, step)
    edition, old = _as_seen(step, based_on)
    if step.source != Source.BELOW or old is None:
        raise Invalid(_("There is nothing to keep here: your text stays as it is unless you change it."))
    step.quiet_until = until
    step.save(update_fields=["quiet_until"])
    is_gone = step.theirs_id is None and until is None
    standing = Standing.LOCAL if is_gone else Standing(edition.standing)
    text = Text(old.title, old.body, tuple(old.tags), reason=reason, pole=pole, step=step.pk)
    return _put(actor, edition, text, standing, step.base_id if until else step.theirs_id)


@transaction.atomic
def note_place(*, actor: Actor, step: Step) -> None:
    """The core only gave the page another place or heading: seen, and the base follows; no words change."""
    step = _held_open(actor, step)
    if step.fit != Fit.PLACE or step.ours_id is None:
        raise Invalid(_("The core changed words of this page too. Look at them first."))
    Revision.objects.filter(pk=step.ours_id).update(base=step.theirs_id)
    prepare(Graph(), [step.manual_id], [step.page_id])


@transaction.atomic
def let_be(*, actor: Actor, step: Step) -> None:
    """Another team's text was looked at and not borrowed; nothing changes, so it waits for no yes."""
    step = _held_open(actor, step)
    if step.source != Source.NEIGHBOUR:
        raise Invalid(_("Say why your team keeps its own, so that it can be understood later."))
    step.decision, step.settled_at, step.settled_by_id = Decision.KEPT, timezone.now(), actor.person_id
    step.save(update_fields=["decision", "settled_at", "settled_by"])


@transaction.atomic
def undo(*, actor: Actor, step: Step) -> Revision:
    """Within thirty days: the text from before the step is put to the team again."""
    require(policy.can_write(actor, step.manual))
    bump(step.manual)
    step = Step.objects.select_related("manual__team").get(pk=step.pk)
    made = step.drafts.filter(state=State.AGREED).select_related("edition__manual__team", "parent").last()
    if step.settled_at is None or made is None:
        raise NotFound(_("There is nothing to undo here."))
    if step.settled_at < timezone.now() - UNDO_FOR:
        raise Invalid(_("This was decided more than thirty days ago. The old text is in the page's history."))
    edition = Edition.objects.select_related("manual__team", "current").get(pk=made.edition_id)
    if edition.revisions.filter(state__in=_WAITING).exists():
        raise Invalid(_("A draft of this page waits for your team. Look at that draft first."))
    if made.standing == Standing.INHERITED:
        return bring_back(actor=actor, edition=edition)
    if edition.current_id != made.pk or edition.ended_at:
        raise Stale(_("The page has changed since. Its old text is in the page's history."))
    return _put_back(actor, edition, made)


def _put_back(actor: Actor, edition: Edition, made: Revision) -> Revision:
    old, reason = made.parent, _("Undone: the text from before.")
    if old is None:
        text = Text(made.title, made.body, tuple(made.tags), reason=reason)
        return _put(actor, edition, text, Standing.INHERITED, made.base_id)
    text = Text(old.title, old.body, tuple(old.tags), reason=reason, pole=old.pole)
    return _put(actor, edition, text, Standing(old.standing), old.base_id)


def _held_open(actor: Actor, step: Step) -> Step:
    """The step as it is now, with its manual's row held."""
    require(policy.can_write(actor, step.manual))
    bump(step.manual)
    now = Step.objects.select_related("manual__team", "theirs__base", "ours", "offer").get(pk=step.pk)
    if now.settled_at:
        raise NotFound(_("Somebody has decided this meanwhile. Look at the page again; your step was not taken."))
    return now


def _held_undecided(actor: Actor, step: Step) -> Step:
    """As `_held_open`, where the other text is the one that was seen and no decision waits for a yes already."""
    now = _held_open(actor, step)
    if now.theirs_id != step.theirs_id:
        raise Stale(theirs_has_changed())
    if now.drafts.filter(state__in=_WAITING).exists():
        raise Invalid(_("Your team is agreeing what to do already. Look at that draft first."))
    return now


def theirs_has_changed() -> str:
    """Why a decision was not taken: it was made before a text that is not the newest any more."""
    return _("The other text has changed since you began. What you chose is kept; look at the new text first.")


def _as_seen(step: Step, based_on: UUID | None) -> tuple[Edition, Revision | None]:
    """The manual's edition, made where it has none, and the text that the writer had before them."""
    held = stack_now(step.manual).covering(step.page_id)
    if (held.revision_id if held else None) != based_on:
        raise Stale(_("The page has changed since you began. What you chose is kept; look at the new text first."))
    if held and held.manual_id == step.manual_id:
        edition = Edition.objects.select_related("manual__team", "current").get(pk=held.edition_id)
        return edition, edition.current
    theirs = step.theirs
    title, path = (held.title, held.path) if held else (theirs.title if theirs else "", "")
    standing = Standing.ADAPTED if held else Standing.LOCAL
    edition = edition_for(step.manual, step.page_id, standing, title, path)
    return edition, Revision.objects.get(pk=held.revision_id) if held else None


def _enrich(actor: Actor, edition: Edition, old: Revision | None, text: Text) -> Revision:
    """A text that was offered or borrowed goes into the manual's own, which stays in step with what it was."""
    if edition.current_id:
        standing = Standing(edition.standing)
        standing = Standing.ADAPTED if standing is Standing.SET_ASIDE else standing
        return _put(actor, edition, text, standing, old.base_id if old else None)
    return _put(actor, edition, text, Standing(edition.standing), old.pk if old else None)


def _put(actor: Actor, edition: Edition, text: Text, standing: Standing, base_id: UUID | None) -> Revision:
    return put_to_team(actor=actor, edition=edition, text=text, standing=standing, base=base_id)


def _fields(old: Revision | None) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in old.fields) if old else ()
