"""Single things of a manual: a revision, an attachment; and the manuals a reader may open."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from fieldcraft.manual import policy
from fieldcraft.manual.models import Attachment, Edition, Manual, Revision, State
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.resolve import Stack, stacks_named
from fieldcraft.people.access import Actor, Permission
from fieldcraft.people.models import Organisation, Team


def revision_in(stack: Stack, revision_id: UUID) -> Revision | None:
    """An agreed revision of any layer of the manual."""
    ids = [manual.pk for manual in stack.manuals]
    found = Revision.objects.filter(pk=revision_id, edition__manual__in=ids, state=State.AGREED)
    return found.select_related("edition__manual", "by", "rendering").first()


def edition_of(held: Held) -> Edition:
    """The edition behind a hold, with its manual."""
    return Edition.objects.select_related("manual", "current").get(pk=held.edition_id)


def attachment_in(stack: Stack, path: str) -> Attachment | None:
    """The file of this path in the nearest layer that has one."""
    if "\0" in path:  # which PostgreSQL refuses to look for
        return None
    found = {
        each.manual_id: each for each in Attachment.objects.filter(manual__in=[m.pk for m in stack.manuals], path=path)
    }
    return next((found[manual.pk] for manual in stack.manuals if manual.pk in found), None)


def file_of(sha256: str) -> Path:
    """Where an attachment's bytes lie."""
    return Path(settings.HOME.media) / "files" / sha256[:2] / sha256


def manuals_to_read(actor: Actor) -> list[Manual]:
    """The manuals the actor may open: their teams' first, then their organisations', then the rest."""
    visible = policy.visible_manuals(actor).select_related("organisation", "team").order_by("title")
    teams = {post.team_id for post in actor.posts if post.team_id}
    organisations = {post.organisation_id for post in actor.posts}
    return sorted(
        visible, key=lambda each: (each.team_id not in teams, each.organisation_id not in organisations, each.title)
    )


def slugs_of_manuals(most: int) -> list[str]:
    """The eldest manuals' names; for the server's own start, which reads for nobody."""
    return list(Manual.objects.order_by("pk").values_list("slug", flat=True)[:most])


def stacks_to_read(actor: Actor) -> Sequence[Stack]:
    """Those manuals as their readers see them, as far as the actor may read all of each."""
    stacks = stacks_named([manual.slug for manual in manuals_to_read(actor)])
    return [stack for stack in stacks if policy.can_read(actor, stack.manuals)]


def keepers_for(actor: Actor) -> list[tuple[UUID, UUID | None, str]]:
    """For whom the actor may begin a manual: (organisation, team or none, name), their teams first."""
    in_all = actor.organisations_where(Permission.SHAPE_TEAM_MANUAL)
    mine = Q(pk__in=actor.teams_where(Permission.SHAPE_TEAM_MANUAL)) | Q(organisation__in=in_all)
    teams = Team.objects.filter(mine, closed_at=None).order_by("name")
    organisations = Organisation.objects.filter(pk__in=actor.organisations_where(Permission.SHAPE_ORGANISATION_MANUAL))
    return [
        *((team.organisation_id, team.pk, team.name) for team in teams),
        *((organisation.pk, None, organisation.name) for organisation in organisations.order_by("name")),
    ]


def manual_named(slug: str) -> Manual | None:
    """For commands, which act for the installation itself."""
    return Manual.objects.filter(slug=slug).first()
