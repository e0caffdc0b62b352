"""What every page needs to draw its frame."""

from django.conf import settings
from django.http import HttpRequest

from fieldcraft.shell.panels import panels_on


def navigation(request: HttpRequest) -> dict[str, object]:
    """The actor and which of the places is open."""
    return {
        "actor": getattr(request, "actor", None),
        "place": _place(request.path_info),
        "panels": panels_on(request),
        "demo": settings.DEMO,
        "sign_up_open": settings.SIGN_UP_OPEN,
        "languages": settings.LANGUAGES,
    }


_OF_COMPASS = ("/compass/", "/trail/", "/conditions/mine/", "/conditions/raise/")
_OF_TEAM = (
    "/people/", "/account/", "/organisations/", "/psychology/", "/conditions/", "/teams/", "/offering/", "/invitations/",
)  # fmt: skip


def _place(path: str) -> str:
    if path == "/":
        return "today"
    if path.startswith(_OF_COMPASS):
        return "compass"
    if path.startswith(_OF_TEAM):
        return "team"
    return "manual"
