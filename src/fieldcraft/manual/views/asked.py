"""What every view of this room asks first: which manual, and may this reader know of it."""

from hashlib import sha256
from typing import TypeVar

from django.contrib.messages import get_messages
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fieldcraft.errors import NotFound
from fieldcraft.manual import policy
from fieldcraft.manual.queries.resolve import Stack, stack_named
from fieldcraft.people.access import Actor, ActorRequest

AnyResponse = TypeVar("AnyResponse", bound=HttpResponseBase)


def stack_or_404(actor: Actor, slug: str) -> Stack:
    """The manual as its reader sees it; not there and not for this reader look the same."""
    stack = stack_named(slug)
    if stack is None or not policy.can_read(actor, stack.manuals):
        raise NotFound(_("There is no manual here, or it is not open to you. Sign in if you belong to its team."))
    return stack


def tag_of(request: ActorRequest, stack: Stack, *shown: object) -> str:
    """An answer's validator: changes with any layer's text, the reader and what they may do, and the language.

    Also with what is said once above the page, and with the password, on which addresses of feeds depend.
    shown: what else the answer shows that changes without any text.
    """
    own = (request.user.theme, request.user.password) if request.user.is_authenticated else ()
    depends_on = repr((stack.state, request.actor, get_language(), own, len(get_messages(request)), *shown))
    return f'W/"{sha256(depends_on.encode()).hexdigest()[:32]}"'  # not hash(), which differs between server processes


def with_tag(response: AnyResponse, tag: str) -> AnyResponse:
    """Let the browser keep the answer, asking each time whether it is still true."""
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ("Cookie", "Accept-Language"))
    return response


def is_known(request: ActorRequest, tag: str) -> bool:
    """Whether the browser already has this very answer."""
    return tag in request.headers.get("If-None-Match", "")
