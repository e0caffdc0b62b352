"""What a person said in other rooms, as files beside their compass.

What was said unnamed stands in a file of its own, so that it can be left out or deleted before anybody else gets the
rest. Both files are always there, so that a list of files tells nothing.
"""

import json
from collections.abc import Iterable

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from fieldcraft.people.access import Actor
from fieldcraft.people.taken_along import Lists, parts_of


def files_of(actor: Actor) -> dict[str, bytes]:
    """What the actor said elsewhere by name, what they said unnamed, and a page on both."""
    parts = parts_of(actor)
    return {
        "said.json": _json(part.named for part in parts),
        "unnamed.json": _json(part.unnamed for part in parts),
        "README.txt": _about().encode(),
    }


def _json(parts: Iterable[Lists]) -> bytes:
    lists = {name: rows for part in parts for name, rows in part.items()}
    return json.dumps(lists, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()


def _about() -> str:
    lines = (
        _("compass.html and compass.json: your compass, to read and for other programs. Nobody else sees it."),
        _("said.json: what you said in your organisations with your name or your team. Others read it there."),
        _(
            "unnamed.json: what you raised or offered unnamed. Nobody else can find out there that it is yours; whoever "
            "has this file can. Delete it before you give the others to anybody."
        ),
        _("What you said unnamed in an organisation that you have left is not found any more, and is not in the file."),
    )
    return "\n\n".join(lines) + "\n"
