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


def _place(path: str) -> str:
    if path == "/":
        return "today"
    if path.startswith(("/people/", "/account/")):
        return "team"
    return "compass" if path.startswith("/compass/") else "manual"
