"""What is read on a screen, what its form sends unseen, and the end of a change."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from django.http import HttpResponse

Commit = Callable[..., Any]


def hidden_in(html: str) -> dict[str, str]:
    """What a form sends unseen."""
    tags = re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', html)
    return {name: value for name, value in tags if name != "csrfmiddlewaretoken"}


def words(answer: HttpResponse) -> str:
    """What is read in the main part of a screen."""
    html = answer.content.decode().split("<main", 1)[1]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", html)))
