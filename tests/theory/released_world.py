"""People who checked in and said yes, the windows that are opened and published over them, and what is shown."""

from datetime import date, timedelta
from typing import Any

from tests.theory.counted_world import World, check_ins, say_yes, world

from fieldcraft.engine.disclosure import Window as WindowThere
from fieldcraft.engine.disclosure import window_of
from fieldcraft.theory.actions.releases import publish_due
from fieldcraft.theory.actions.windows import open_windows
from fieldcraft.theory.models import Audience, Released

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NUMBER = next(number for number in range(window_of(date(2026, 2, 1)).number, 99) if number % 3 == 0 and number % 2)
THEN = WindowThere(NUMBER)  # teams have their own pictures in it, and the monthly question its second half
MASTERY = "own-week:mastery"


def play(made: World, windows: int = 1, number: int = NUMBER) -> None:
    """Open and publish so many windows, one after the other."""
    for each in range(number, number + windows):
        open_windows(WindowThere(each).first_day)
        publish_due(WindowThere(each).published_from)


def busy(sizes: list[int], **more: Any) -> World:
    """Everybody checked in for two windows before and one after, and said yes to everything."""
    made = world(sizes, **more)
    first = WindowThere(NUMBER - 2).first_day
    check_ins(made.everybody, first, 24)
    say_yes(made, made.everybody, first, THEN.last_day + timedelta(weeks=16))
    return made


def shown(made: World, scale: str = MASTERY, audience: str = Audience.ORGANISATION) -> dict[str, Released]:
    rows = Released.objects.filter(window__organisation=made.organisation, scale=scale, audience=audience)
    latest = rows.order_by("window__number").select_related("team")
    return {row.team.name if row.team else row.kind: row for row in latest}
