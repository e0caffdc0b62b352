"""What happens around every request: who acts, how a refusal looks, which headers go out."""

from collections.abc import Callable
from typing import cast

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import sync_only_middleware
from django.utils.translation import gettext as _

from fieldcraft.errors import FieldcraftError, Invalid, NotAllowed, NotFound, Stale
from fieldcraft.kept import Kept
from fieldcraft.manual.queries.resolve import stack_named
from fieldcraft.people.access import ANYONE, ActorRequest
from fieldcraft.people.queries import actor_of
from fieldcraft.ui.own import mark_of

Answer = Callable[[HttpRequest], HttpResponse]
STATUS: dict[type[FieldcraftError], int] = {NotFound: 404, NotAllowed: 403, Invalid: 400, Stale: 409}


_KEPT_NOWHERE = ("/compass", "/trail", "/conditions/mine", "/conditions/raise", "/offering")
"""What is one's own alone, by the beginning of its address."""


@sync_only_middleware
def headers(get_response: Answer) -> Answer:
    """What the framework has no setting for; answers to signed-in people are never kept by anything between."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path_info == "/account/logout/" and request.method == "POST":
            response.headers["Clear-Site-Data"] = '"cache", "storage"'  # words kept on a shared phone go, too
        if request.path_info.startswith(_KEPT_NOWHERE):  # refusals and redirects, too, which no view of the room makes
            response.headers["Cache-Control"] = "no-store"
            response.headers.pop("ETag", None)
        elif not request.path_info.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return middleware


_A_MINUTE = {"search": 600, "export": 20, "feed": 60, "titles": 600}
"""By the word in the address: how often one reader's address may ask, in each server process."""


@sync_only_middleware
def limits(get_response: Answer) -> Answer:
    """What costs more than reading is answered only so often; counted in memory, kept for a minute."""

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = _counted(request.path_info.strip("/").split("/"))
        if asked and _is_too_often(asked, get_adapter(request).get_client_ip(request)):
            return _too_often(request)
        return get_response(request)

    return middleware


def _counted(parts: list[str]) -> str:
    """The word that is counted: of a manual's address what follows its name, of a page's what comes last."""
    word = parts[0] if parts[0] != "m" or len(parts) < 3 else parts[-1] if parts[2] == "p" else parts[2]
    return word if word in _A_MINUTE else ""


def _is_too_often(asked: str, address: str) -> bool:
    key = f"{asked}-{address}"
    counts = caches["process"]
    try:
        counts.add(key, 0, timeout=60)
        asked_for = counts.incr(key)
    except ValueError:  # the minute ended between the two
        asked_for = 1
    return asked_for > _A_MINUTE[asked] * settings.LIMITS_TIMES


def _too_often(request: HttpRequest) -> HttpResponse:
    sentence = _("Very many requests came from your network just now. Wait a minute and try again.")
    response = render(request, "shell/refusal.html", {"sentence": sentence, "status": 429}, status=429)
    response["Retry-After"] = "60"
    return response


@sync_only_middleware
def told_by_page(get_response: Answer) -> Answer:
    """A form that is sent by script goes on by itself, so that the next page still says what came of it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.headers.get("X-Fieldcraft-Keep") and response.status_code == 302:
            response.status_code, response.content = 204, b""
        return response

    return middleware


@sync_only_middleware
def actor(get_response: Answer) -> Answer:
    """Sets `request.actor`: the person and what their posts grant, asked for anew at every request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.user
        cast("ActorRequest", request).actor = actor_of(person) if person.is_authenticated else ANYONE
        return get_response(request)

    return middleware


_NOBODY = "nobody"
"""What a page says that was made for somebody who was not signed in."""


@sync_only_middleware
def own_words(get_response: Answer) -> Answer:
    """What one person typed is never sent in the name of another who has signed in since in the same browser.

    A form that is sent by script says for whom its page was made.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        made_for = request.headers.get("X-Fieldcraft-Own")
        if request.method != "POST" or made_for in {None, mark_of(request.user) or _NOBODY}:
            return get_response(request)
        return _of_somebody_else(request)

    return middleware


def _of_somebody_else(request: HttpRequest) -> HttpResponse:
    """403 for who was signed out meanwhile, 412 where somebody else is there; nobody is named."""
    is_out = not request.user.is_authenticated
    sentence = (
        _("You were signed out. Sign in in another window, then send again.")
        if is_out
        else _("Somebody else has signed in in this browser. Sign in as yourself in another window, then send again.")
    )
    status = 403 if is_out else 412
    context = {"sentence": sentence, "status": status, "words": words_sent(request)}
    return render(request, "shell/refusal.html", context, status=status)


class refusals:  # noqa: N801 — Django wants a class for process_exception; the name reads as the others do
    """Turns the four kinds of refusal into pages."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not isinstance(problem, FieldcraftError):
            return None
        status = next(status for kind, status in STATUS.items() if isinstance(problem, kind))
        context = {"sentence": problem.sentence, "status": status, "words": words_sent(request)}
        return render(request, "shell/refusal.html", context, status=status)


_WRITTEN = {
    "body", "reason", "reasons", "answer", "sentence", "picture", "organisation_could", "seen", "story", "text", "said",
    "would_show_me_wrong", "against", "what", "hunch", "happened", "surprise", "followed_what", "line", "fits", "words",
    "note",
}  # fmt: skip


def words_sent(request: HttpRequest) -> list[str]:
    """What somebody wrote in a form that is refused as a whole, to be shown back to them and kept nowhere."""
    sent = request.POST if request.method == "POST" else {}
    written = _WRITTEN if "story" in sent else _WRITTEN - {"seen"}  # elsewhere it marks what the writer had before them
    written = written - {"note"} if "based_on" in sent else written  # there it says which note, not what is in it
    names = [name for name in sent if name in written or name.startswith("answer_")]
    return [words for name in names if (words := sent.get(name, "").strip())]


_KEPT_PARTS = frozenset({"", "p", "index", "changes"})
_kept: Kept[tuple[bytes, dict[str, str]]] = Kept(4096, most_size=16_000_000)  # bytes


@sync_only_middleware
def public_pages(get_response: Answer) -> Answer:
    """Answers readers who are not signed in from memory, for as long as no layer of the manual has changed.

    Pages and lists of pages; not searches, whose endless number would push the pages out.

    The state of the manual is part of the key and is asked for at every request, so no answer is ever stale; who may
    read it is part of that state, and nobody who is signed in is answered here.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        key = _key(request)
        if key is None:
            return get_response(request)
        if found := _kept.get(key):
            return HttpResponse(found[0], headers=found[1])
        response = get_response(request)
        if response.status_code == 200 and not response.streaming and not response.cookies:
            _kept.keep(key, (response.content, dict(response.headers)), size=len(response.content))
        return response

    return middleware


def _key(request: HttpRequest) -> tuple[object, ...] | None:
    """What the answer depends on; None for what is not a manual's page or list read by somebody unknown."""
    parts = request.path_info.split("/", 4)
    if request.method != "GET" or request.COOKIES or request.GET or len(parts) < 4 or parts[1] != "m":
        return None
    if "/" in "".join(parts[4:]).rstrip("/"):  # what hangs on a page may tell of other manuals, whose state is another
        return None
    stack = stack_named(parts[2]) if parts[3] in _KEPT_PARTS else None
    return (request.path_info, stack.state, request.headers.get("Accept-Language", "")) if stack else None
