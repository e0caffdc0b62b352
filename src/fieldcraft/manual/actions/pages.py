"""Note, adapt, add, change, set aside, give up, bring back: what a team does with a page.

Each is put to the team as a draft; where the reflective quorum is one, readers have it at once.
"""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.engine.prose.anchor import Quote
from fieldcraft.engine.words import slug_of
from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.manual import policy
from fieldcraft.manual.actions.again import is_sent_again, note_sent_before, page_sent_before
from fieldcraft.manual.actions.drafts import Text, put_to_team
from fieldcraft.manual.actions.editions import others_hold
from fieldcraft.manual.actions.emptying import require_words
from fieldcraft.manual.actions.passages import passage_in
from fieldcraft.manual.actions.writing import bump
from fieldcraft.manual.models import Edition, Manual, Page, Revision, Standing, State
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.resolve import chain_of, stack_now
from fieldcraft.people.access import Actor, require

UNDO_FOR = timedelta(days=30)


@transaction.atomic
def add_page(*, actor: Actor, manual: Manual, text: Text) -> Revision:
    """A page that exists only in this manual (and in those built on it)."""
    _hold(actor, manual)
    if again := page_sent_before(actor, manual, text.title, text.body):
        return again
    page = Page.objects.create(manual=manual)
    edition = _new_edition(manual, page.pk, Standing.LOCAL, text.title)
    return put_to_team(actor=actor, edition=edition, text=text, standing=Standing.LOCAL, base=None)


@transaction.atomic
def adapt_page(*, actor: Actor, manual: Manual, page_id: UUID, text: Text, based_on: UUID) -> Revision:
    """Cover the page below with the team's own text, keeping the revision it was based on."""
    below = _as_seen(actor, manual, page_id, based_on)
    require_words(text.body, based_on)
    edition = _edition_for(manual, below, Standing.ADAPTED)
    return put_to_team(actor=actor, edition=edition, text=text, standing=Standing.ADAPTED, base=based_on)


@transaction.atomic
def note_page(*, actor: Actor, manual: Manual, page_id: UUID, text: Text, based_on: UUID | None = None) -> Revision:
    """A local note beside an inherited page, which goes on following the core.

    based_on: the text the writer read; the note overwrites nothing, so a newer text below does not refuse it.
    """
    _hold(actor, manual)
    below = _inherited(manual, page_id)
    base = based_on if based_on and _was_read(manual, page_id, based_on) else below.revision_id
    text = _beside(text, base)
    if again := note_sent_before(actor, manual, page_id, body=text.body, quote=text.quote, prefix=text.prefix):
        return again
    edition = _new_edition(manual, page_id, Standing.NOTED, text.title)
    return put_to_team(actor=actor, edition=edition, text=text, standing=Standing.NOTED, base=base)


@transaction.atomic
def set_page_aside(
    *, actor: Actor, manual: Manual, page_id: UUID, reason: str, based_on: UUID, pole: str = ""
) -> Revision:
    """The team does not use this page, inherited or adapted, and says why."""
    if not reason.strip():
        raise Invalid(_("Say in a few words why your team does not use this page."))
    _hold(actor, manual)
    held = stack_now(manual).covering(page_id)
    if held is None or held.revision_id != based_on:
        raise Stale(_("The page has changed since you began. Look at the new text first; your reason is kept below."))
    edition = _held_edition(held) if held.manual_id == manual.pk else _edition_for(manual, held, Standing.SET_ASIDE)
    base = edition.current.base_id if edition.current else based_on
    text = Text(held.title, tags=held.tags, reason=reason, pole=pole)
    return put_to_team(actor=actor, edition=edition, text=text, standing=Standing.SET_ASIDE, base=base)


@transaction.atomic
def revise(*, actor: Actor, edition: Edition, text: Text, based_on: UUID) -> Revision:
    """A new text of an edition, based on the revision the writer had before them; a page set aside comes into use again."""
    edition = _held_now(actor, edition)
    if edition.current is None or edition.current_id != based_on or edition.ended_at:
        if edition.current and not edition.ended_at and is_sent_again(actor, edition.current, text, based_on):
            return edition.current
        raise Stale(_("Somebody else changed this page since you began. Both texts are kept; look at theirs first."))
    standing = Standing(edition.standing)
    if standing is Standing.NOTED and (text.quote, text.prefix) != (edition.current.quote, edition.current.prefix):
        text = _beside(text, _read_now(edition))
    if standing is not Standing.NOTED:
        require_words(text.body, based_on)
    if standing is Standing.SET_ASIDE:
        standing = Standing.ADAPTED if edition.current.base_id else Standing.LOCAL
    return put_to_team(actor=actor, edition=edition, text=text, standing=standing, base=edition.current.base_id)


@transaction.atomic
def give_up(*, actor: Actor, edition: Edition, based_on: UUID, reason: str = "", pole: str = "") -> Revision:
    """Return to the page below, or take a note or a page of the team's own out; it can be brought back for thirty days."""
    edition = _held_now(actor, edition)
    old = edition.current
    if old is None or edition.current_id != based_on or edition.ended_at:
        raise Stale(_("Somebody else changed this page since you began. Look at it again; your step was not taken."))
    text = replace(_words_of(old), reason=reason, pole=pole)
    return put_to_team(actor=actor, edition=edition, text=text, standing=Standing.INHERITED, base=old.base_id)


@transaction.atomic
def bring_back(*, actor: Actor, edition: Edition) -> Revision:
    """Undo giving up, within thirty days: the last text that readers had is put to the team again."""
    edition = _held_now(actor, edition)
    old = edition.current
    if old is None or edition.ended_at is None:
        raise NotFound(_("This page is in use; there is nothing to bring back."))
    if edition.ended_at < timezone.now() - UNDO_FOR:
        raise Invalid(_("It was given up more than thirty days ago. Its text is in the page's history."))
    if edition.standing != Standing.NOTED and others_hold(edition):
        raise Invalid(
            _("Your team has, or is agreeing, a newer version of this page. The old text is in the page's history.")
        )
    text = replace(_words_of(old), reason=old.reason or _("Brought back."), pole=old.pole)
    return put_to_team(actor=actor, edition=edition, text=text, standing=Standing(edition.standing), base=old.base_id)


def _words_of(old: Revision) -> Text:
    """A text that was there, with the words it stood beside."""
    return Text(old.title, old.body, tuple(old.tags), quote=old.quote, prefix=old.prefix, suffix=old.suffix)


def _read_now(edition: Edition) -> UUID:
    held = stack_now(edition.manual).covering(edition.page_id)
    if held is None:
        raise NotFound(_("There is no such page in this manual."))
    return held.revision_id


def _beside(text: Text, revision_id: UUID) -> Text:
    """The note with its passage as it stands in the text that was read."""
    passage = passage_in(revision_id, Quote(text.quote, text.prefix, text.suffix))
    return replace(text, quote=passage.exact, prefix=passage.prefix, suffix=passage.suffix)


def _hold(actor: Actor, manual: Manual) -> None:
    """The actor may write, and of two who write at once the second sees what the first has done."""
    require(policy.can_write(actor, manual))
    bump(manual)


def _held_now(actor: Actor, edition: Edition) -> Edition:
    """The edition as it is now that its manual's row is held."""
    _hold(actor, edition.manual)
    now = Edition.objects.select_related("current").get(pk=edition.pk)
    now.manual = edition.manual
    return now


def _as_seen(actor: Actor, manual: Manual, page_id: UUID, based_on: UUID) -> Held:
    """The inherited page, still as the writer had it before them."""
    _hold(actor, manual)
    return _inherited(manual, page_id, based_on)


def _inherited(manual: Manual, page_id: UUID, based_on: UUID | None = None) -> Held:
    held = stack_now(manual).covering(page_id)
    if held and based_on not in {None, held.revision_id}:
        raise Stale(_("The page has changed since you began. Both texts are kept; look at the new one first."))
    if held is None:
        raise NotFound(_("There is no such page in this manual."))
    if held.manual_id == manual.pk:
        raise Invalid(_("Your team has its own version of this page; change that one."))
    return held


def _was_read(manual: Manual, page_id: UUID, revision_id: UUID) -> bool:
    """Whether readers of the manual have had this text of the page."""
    layers = [each.pk for each in chain_of(manual)]
    read = Revision.objects.filter(pk=revision_id, edition__page=page_id, edition__manual__in=layers)
    return read.filter(state=State.AGREED).exists()


def _held_edition(held: Held) -> Edition:
    return Edition.objects.select_related("manual__team", "current").get(pk=held.edition_id)


def _edition_for(manual: Manual, below: Held, standing: Standing) -> Edition:
    return edition_for(manual, below.page_id, standing, below.title, below.path)


def edition_for(manual: Manual, page_id: UUID, standing: Standing, title: str, path: str = "") -> Edition:
    """The manual's edition on the page: one that only drafts hang on so far, or a new one."""
    waiting = Edition.objects.filter(manual=manual, page=page_id, ended_at=None, current=None)
    found = waiting.exclude(standing=Standing.NOTED).select_related("manual__team").first()
    return found or _new_edition(manual, page_id, standing, title, path)


def _new_edition(manual: Manual, page_id: UUID, standing: Standing, title: str, path: str = "") -> Edition:
    """path: kept, so that relative links of an imported page go on leading where they led."""
    return Edition.objects.create(
        manual=manual, page_id=page_id, standing=standing, title=title, path=path, slug=slug_of(title)
    )
