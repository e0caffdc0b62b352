"""Everything that is the actor's, as plain rows: every column of every kind; "fieldcraft-compass/1"."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from fieldcraft.manual.models import Edition, Manual, Revision
from fieldcraft.mastery.queries.counting_in import my_grants
from fieldcraft.mastery.queries.kinds import KINDS, things
from fieldcraft.people.access import Actor
from fieldcraft.people.models import Person

FORMAT = "fieldcraft-compass/1"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Compass:
    """One person's compass as rows.

    lists: by the name of the list. titles: pages, revisions and manuals that are cited, by id. readers: names by id.
    """

    owner: Mapping[str, Any]
    made_at: Any
    lists: Mapping[str, list[dict[str, Any]]]
    titles: Mapping[UUID, str]
    readers: Mapping[UUID, str]


def compass_of(actor: Actor) -> Compass:
    """All of it, as it is now; a few queries for any number of rows."""
    lists = {}
    for kind in KINDS:
        names = [field.name for field in kind.model._meta.concrete_fields]
        lists[kind.list_name] = list(things(actor, kind).values(*names))
    lists["grants"] = my_grants(actor)
    readers = Person.objects.filter(pk__in={row["reader"] for row in lists["shares"]}).values_list("pk", "name")
    owner = {"id": actor.person_id, "name": actor.name}
    return Compass(owner, timezone.now(), lists, _titles(lists), dict(readers))


def compass_json(compass: Compass) -> bytes:
    """The rows with the titles of what they cite; described in docs/reference/compass-format.md."""
    whole = {
        "format": FORMAT,
        "made_at": compass.made_at,
        "owner": compass.owner,
        **compass.lists,
        "cited": [{"id": key, "title": title} for key, title in compass.titles.items()],
        "readers": [{"id": key, "name": name} for key, name in compass.readers.items()],
    }
    return json.dumps(whole, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()


def _titles(lists: Mapping[str, list[dict[str, Any]]]) -> dict[UUID, str]:
    """Of the pages as they were read, and of their manuals; pages that were cited without a text by what they are called."""
    cited = [row for rows in lists.values() for row in rows]
    asked = {name: {row[name] for row in cited if row.get(name)} for name in _CITING}
    revisions = Revision.objects.filter(pk__in=set().union(*(asked[name] for name in _REVISIONS)))
    editions = Edition.objects.filter(page__in=asked["page"]).order_by("pk")
    return {
        **dict(editions.values_list("page", "title")),
        **dict(revisions.values_list("pk", "title")),
        **dict(Manual.objects.filter(pk__in=asked["manual"]).values_list("pk", "title")),
    }


_REVISIONS = ("revision", "became_draft")
_CITING = ("page", "manual", *_REVISIONS)
