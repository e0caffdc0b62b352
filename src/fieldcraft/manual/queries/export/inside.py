"""A page's HTML with everything it leads to led inside one file: pages to their place in it, pictures into it."""

import base64
import re
from collections.abc import Mapping
from html import escape, unescape
from urllib.parse import unquote

from django.urls import reverse

from fieldcraft.engine.formats.document import Attachment
from fieldcraft.manual.queries.reading import pages_url

MOST_PICTURE_BYTES = 40_000_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\"[^\"]*\"|[^>\"])*)>")
_ID = re.compile(r'(?<=\s)id="([^"]*)"')
_VALUE = re.compile(r'(?<=\s)(href|src|alt)="([^"]*)"')
_SOURCE, _LEADS = re.compile(r'\ssrc="[^"]*"'), re.compile(r'\s(?:href|class)="[^"]*"')
_ELSEWHERE = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)


class Inside:
    """Leads what pages name into the file; once the pictures shown are as large as they may be, further ones are named.

    anchors: the address of each page in the file → its id there.
    """

    def __init__(self, slug: str, anchors: Mapping[str, str], pictures: Mapping[str, Attachment]) -> None:
        self._anchors, self._pictures, self._left = anchors, pictures, MOST_PICTURE_BYTES
        self._pages, self._files = pages_url(slug), reverse("manual:file", args=[slug, "-"]).removesuffix("-")

    def lead(self, html: str, anchor: str) -> str:
        """Safe HTML of one page; its own ids begin with `anchor`, its headings stand below the page's title."""
        return _TAG.sub(lambda found: self._tag(found, anchor), html)

    def _tag(self, found: re.Match[str], anchor: str) -> str:
        closing, name, attributes = found[1], found[2].lower(), found[3]
        if re.fullmatch(r"h[1-5]", name):
            name = f"h{int(name[1]) + 1}"
        attributes = _ID.sub(lambda each: f'id="{anchor}-{each[1]}"', attributes)
        if name == "img":
            return self._picture(dict(_VALUE.findall(attributes)), attributes)
        if name == "a" and not closing:
            attributes = self._link(attributes, anchor)
        return f"<{closing}{name}{attributes}>"

    def _link(self, attributes: str, anchor: str) -> str:
        address = unescape(dict(_VALUE.findall(attributes)).get("href", ""))
        if not address or _ELSEWHERE.match(address):
            return attributes
        led = self._place(address, anchor)
        rest = _LEADS.sub("", attributes)
        return f' href="#{escape(led)}"{rest}' if led else f' class="absent"{rest}'

    def _place(self, address: str, anchor: str) -> str:
        """The id in the file; "" for what is not in it."""
        path, _hash, part = address.partition("#")
        if not path:
            return f"{anchor}-{part}"
        if not path.startswith(self._pages):
            return ""
        page = self._anchors.get(unquote(path.removeprefix(self._pages)).strip("/"), "")
        return f"{page}-{part}" if page and part else page

    def _picture(self, values: Mapping[str, str], attributes: str) -> str:
        address = unescape(values.get("src", ""))
        path = unquote(address.removeprefix(self._files)) if address.startswith(self._files) else ""
        picture = self._pictures.get(path)
        if picture is None or len(picture.content) > self._left:
            name = path or (address if _ELSEWHERE.match(address) else "")
            alt = unescape(values.get("alt", ""))
            return f'<span class="absent">{escape(alt)} ({escape(name)})</span>'
        self._left -= len(picture.content)
        held = f"data:{picture.media_type};base64,{base64.b64encode(picture.content).decode()}"
        return f'<img src="{held}"{_SOURCE.sub("", attributes)}>'
