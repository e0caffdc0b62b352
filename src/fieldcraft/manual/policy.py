"""Who may read and change which manual."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from fieldcraft.manual.models import Answer, Audience, Kind, Manual, Offer, Remark, Source, Step
from fieldcraft.people.access import YES, Actor, Decision, Permission, no


def visible_manuals(actor: Actor) -> QuerySet[Manual]:
    """The manuals that are open to the actor, taken by themselves; see `can_read` for what they are built on."""
    audience = Q(audience=Audience.PUBLIC)
    if actor.is_signed_in:
        audience |= Q(audience=Audience.COMMUNITY)
    return Manual.objects.filter(audience | _kept_by(actor))


def _kept_by(actor: Actor) -> Q:
    in_organisation = actor.organisations_where(Permission.SEE_ORGANISATION)
    of_team = Q(team__in=actor.teams_where(Permission.SEE_TEAM)) | Q(
        organisation__in=actor.organisations_where(Permission.SEE_TEAM)
    )
    return Q(organisation__in=in_organisation) & (~Q(audience=Audience.TEAM) | of_team)


def can_read(actor: Actor, chain: Sequence[Manual]) -> bool:
    """Whether the actor may read the manual with all that it is built on.

    Those who keep a manual read the whole of it; others only what every layer of it is open to.
    """
    return is_of_the_house(actor, chain[0]) or all(_is_open_to(actor, manual) for manual in chain)


def is_of_the_house(actor: Actor, manual: Manual) -> bool:
    """Whether the manual is the actor's own team's or organisation's."""
    if manual.audience == Audience.TEAM:
        return actor.may(Permission.SEE_TEAM, organisation_id=manual.organisation_id, team_id=manual.team_id)
    return actor.may(Permission.SEE_ORGANISATION, organisation_id=manual.organisation_id)


def _is_open_to(actor: Actor, manual: Manual) -> bool:
    match manual.audience:
        case Audience.PUBLIC:
            return True
        case Audience.COMMUNITY:
            return actor.is_signed_in
        case _:
            return is_of_the_house(actor, manual)


def can_shape(actor: Actor, manual: Manual) -> Decision:
    """May import into it, and decide what it is built on and who reads it."""
    permission = Permission.SHAPE_TEAM_MANUAL if manual.kind == Kind.TEAM else Permission.SHAPE_ORGANISATION_MANUAL
    if actor.may(permission, organisation_id=manual.organisation_id, team_id=manual.team_id):
        return YES
    if manual.kind == Kind.TEAM:
        return no(_("Only a lead of this team or an administrator can do this. Ask one of them."))
    return no(_("Only an editor of this manual or an administrator can do this. Ask one of them."))


def can_make(actor: Actor, organisation_id: UUID | None, team_id: UUID | None = None) -> Decision:
    """May begin a manual for the team, or for the organisation."""
    permission = Permission.SHAPE_TEAM_MANUAL if team_id else Permission.SHAPE_ORGANISATION_MANUAL
    if organisation_id and actor.may(permission, organisation_id=organisation_id, team_id=team_id):
        return YES
    return no(_("Beginning a manual is for leads, editors and administrators. Ask one of them."))


def can_write(actor: Actor, manual: Manual) -> Decision:
    """May change its pages."""
    permission = Permission.WRITE_TEAM_MANUAL if manual.kind == Kind.TEAM else Permission.WRITE_ORGANISATION_MANUAL
    if actor.may(permission, organisation_id=manual.organisation_id, team_id=manual.team_id):
        return YES
    if manual.kind == Kind.TEAM:
        return no(_("Only members of this team can change its manual."))
    return no(_("Only editors of this manual can change it. Your team can add a note or adapt the page in its own."))


def can_publish(actor: Actor, manual: Manual) -> Decision:
    """May gather agreed changes of the manual and publish them together."""
    if manual.kind == Kind.TEAM:
        return no(
            _("What your team agrees reaches its readers at once; only what teams build on is published together.")
        )
    return can_write(actor, manual)


def can_see_remarks(actor: Actor, manual: Manual) -> Decision:
    """May read what was noticed on its pages, notice something themselves, and reply; readers outside never."""
    if is_of_the_house(actor, manual):
        return YES
    return no(_("Remarks are between the people whose manual this is. Sign in if you are one of them."))


def can_suggest(actor: Actor, chain: Sequence[Manual]) -> Decision:
    """May leave a suggestion as a reader from outside."""
    if chain[0].takes_suggestions and can_read(actor, chain):
        return YES
    return no(_("The people who keep this manual do not take suggestions here."))


def can_settle(actor: Actor, remark: Remark) -> Decision:
    """May say what came of it: those who change the manual's pages, and whoever noticed it."""
    is_own = remark.by_id is not None and remark.by_id == actor.person_id
    return YES if is_own and can_see_remarks(actor, remark.manual) else can_write(actor, remark.manual)


def can_pass_on(actor: Actor, remark: Remark) -> Decision:
    """May say it to those who keep a manual below; of what is held, nobody else is to hear."""
    write = can_write(actor, remark.manual)
    if not (write and remark.is_held):
        return write
    return no(_("Whoever suggested it was told that nobody else sees it yet. Let it stand first."))


def visible_remarks(actor: Actor, manual: Manual) -> QuerySet[Remark]:
    """The manual's remarks that the actor may know of; a held suggestion is for those who change its pages."""
    found = Remark.objects.filter(manual=manual)
    if not can_see_remarks(actor, manual):
        return found.none()
    return found if can_write(actor, manual) else found.filter(is_held=False)


def can_know_of(actor: Actor, remark: Remark) -> bool:
    """As `visible_remarks`, for one that is at hand: whoever suggested something from outside does not see it again."""
    return bool(can_see_remarks(actor, remark.manual)) and (not remark.is_held or bool(can_write(actor, remark.manual)))


def is_own(actor: Actor, manual: Manual) -> bool:
    """Whether the manual is the actor's own team's; of one without a team, whether the actor changes its pages.

    Narrower than the house: an organisation's editors read its teams' manuals, and must not learn who offered unnamed.
    """
    if manual.team_id is None:
        return bool(can_write(actor, manual))
    return actor.may(Permission.SEE_TEAM, organisation_id=manual.organisation_id, team_id=manual.team_id)


def offers_made(actor: Actor, manual: Manual) -> QuerySet[Offer]:
    """What the manual offered to others, for its own people."""
    found = Offer.objects.filter(manual=manual)
    return found if is_own(actor, manual) else found.none()


def offers_received(actor: Actor, manual: Manual) -> QuerySet[Offer]:
    """What was offered to the manual, for those who change its pages; a withdrawn one is known to its team alone."""
    found = Offer.objects.filter(to=manual).exclude(answer=Answer.WITHDRAWN)
    return found if can_write(actor, manual) else found.none()


def visible_steps(actor: Actor, manual: Manual) -> QuerySet[Step]:
    """The manual's steps that the actor may know of; nobody outside the house knows of any.

    What was offered or borrowed is another team's: for those who change the pages, and never once it is withdrawn.
    """
    found = Step.objects.filter(manual=manual)
    if not is_of_the_house(actor, manual):
        return found.none()
    if not can_write(actor, manual):
        return found.filter(source=Source.BELOW)
    return found.exclude(offer__answer=Answer.WITHDRAWN)
