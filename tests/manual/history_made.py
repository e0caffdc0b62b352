"""The history of a manual with a bit of everything in it, and how it comes in again."""

import json
import re
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tests.conftest import Cast

from fieldcraft.engine.formats.export.history import history_json
from fieldcraft.manual.actions.pages import Text, adapt_page, add_page, note_page, revise
from fieldcraft.manual.actions.transfer.apply import store_file
from fieldcraft.manual.actions.transfer.checked import checked
from fieldcraft.manual.actions.transfer.history import restore_history
from fieldcraft.manual.models import (
    Agreement,
    Attachment,
    Edition,
    Manual,
    Publication,
    Remark,
    Rendering,
    Reply,
    Revision,
)
from fieldcraft.manual.queries.export.history import whole_history

THEN = datetime(2024, 5, 6, 7, 8, 9, 123456, UTC)


def history_of(cast: Cast) -> dict[str, Any]:
    """The history of a team's manual with a bit of everything in it."""
    ben, team = cast.actor("ben"), cast.team_manual
    below = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Kettle", "Boil water."))
    own = add_page(
        actor=ben, manual=team, text=Text("Tea", "Ours, see [[Kettle]].", tags=("x", "y z"), reason="Why not.")
    )
    again = revise(actor=ben, edition=own.edition, text=Text("Green tea", "Ours, twice."), based_on=own.pk)
    note_page(actor=ben, manual=team, page_id=below.edition.page_id, text=Text("Kettle", "No kettle.", quote="water"))
    adapted = adapt_page(
        actor=ben, manual=team, page_id=below.edition.page_id, text=Text("Kettle", "Cold."), based_on=below.pk
    )
    remark = Remark.objects.create(
        manual=team, page=adapted.edition.page, revision=adapted, body="Hm.", by=cast.people["ana"], position=3
    )
    Remark.objects.create(
        manual=team, page=below.edition.page, revision=below, body="Held.",
        is_from_outside=True, is_held=True, from_name="Z",
    )  # fmt: skip
    Reply.objects.create(remark=remark, body="Yes.", by=cast.people["ben"])
    draft = Revision.objects.create(
        edition=own.edition, standing="local", parent=again, title="Draft", remark=remark, by=cast.people["ana"]
    )
    Revision.objects.create(
        edition=own.edition, standing="local", redone_from=draft, title="No", state="declined", answer="No.",
        answered_by=cast.people["ana"], answered_at=THEN, fields=[["a", "b"]], written_at=THEN,
    )  # fmt: skip
    Rendering.objects.bulk_create(
        [Rendering(revision=each, html="", text="") for each in Revision.objects.filter(rendering=None)]
    )
    Agreement.objects.get_or_create(revision=draft, by=cast.people["ben"])
    Agreement.objects.filter(revision=draft).update(at=THEN)
    Revision.objects.filter(pk=own.pk).update(created_at=THEN)
    _published(cast, again, remark)
    content = b"\x89PNG" + team.pk.bytes
    Attachment.objects.create(
        manual=team, path="a/b.png", sha256=store_file(content), media_type="image/png", size=len(content),
        fields=[["tags", "picture"], ["alt-text", "A cup"]],
    )  # fmt: skip
    return json.loads(history_json(whole_history(team)))


def _published(cast: Cast, text: Revision, remark: Remark) -> None:
    """One publication that is out and one that is open, a gathered text, thanks, and a remark that was passed on."""
    team = cast.team_manual
    out = Publication.objects.create(
        manual=team, title="Winter", note="Warmer.", begun_by=cast.people["ana"], published_at=THEN,
        published_by=cast.people["ben"],
    )  # fmt: skip
    Revision.objects.filter(pk=text.pk).update(publication=out)
    spring = Publication.objects.create(manual=team, title="Spring", note="Not yet told.", begun_by=cast.people["ben"])
    gathered = Revision.objects.create(
        edition=text.edition, standing="local", parent=text, title="Green tea", body="Thrice.", state="gathered",
        publication=spring, by=cast.people["ben"],
    )  # fmt: skip
    Rendering.objects.create(revision=gathered, html="", text="")
    Edition.objects.filter(pk=text.edition_id).update(credits=["Elm House", ""])
    passed = Remark.objects.create(manual=cast.core, page=remark.page, revision=text, body="From elsewhere.")
    Remark.objects.filter(pk=remark.pk).update(passed_from=passed)


def elsewhere(told: dict[str, Any]) -> dict[str, Any]:
    """As it would come from another installation: other ids throughout, of the same moments and in the same order."""
    text = json.dumps(told)
    for found in sorted(set(re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", text))):
        text = text.replace(found, str(UUID(int=UUID(found).int + 1)))
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def restored(told: dict[str, Any], cast: Cast, **of: Any) -> Manual:
    of = {"slug": "again", "organisation": cast.organisation, **of}
    return restore_history(by=None, history=checked(told), **of).manual


def history_out(manual: Manual) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(history_json(whole_history(Manual.objects.get(pk=manual.pk))))
    return loaded


def without_ids(told: dict[str, Any]) -> dict[str, Any]:
    """The same with every id replaced by the number of its first mention."""
    told = deepcopy(told)
    told["manual"].pop("slug")
    numbers: dict[str, str] = {}
    text = re.sub(
        r"[0-9a-f]{8}-[0-9a-f-]{27}", lambda found: numbers.setdefault(found[0], f"#{len(numbers)}"), json.dumps(told)
    )
    loaded: dict[str, Any] = json.loads(text)
    return loaded
