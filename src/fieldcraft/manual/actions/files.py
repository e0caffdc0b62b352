"""Pictures and files that somebody adds while writing."""

import io
import re
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.engine.formats.gif import bare_gif
from fieldcraft.engine.words import slug_of
from fieldcraft.errors import Invalid
from fieldcraft.manual import policy
from fieldcraft.manual.actions.transfer.apply import store_file
from fieldcraft.manual.actions.writing import bump
from fieldcraft.manual.models import Attachment, Manual
from fieldcraft.people.access import Actor, require

MOST_BYTES, LONGEST_SIDE = 10_000_000, 2000  # pixels: enough for print, and quick on a phone
MOST_PIXELS = 64_000_000  # opened, a picture takes three or four bytes for each, however small its file is
# Not `ImageOps.exif_transpose`, which also writes the camera's notes anew and breaks on those that are damaged.
_ORIENTATION = 0x0112
_TURNS = {
    2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_270", 7: "TRANSVERSE",
    8: "ROTATE_90",
}  # fmt: skip
PICTURES = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP", "gif": "GIF"}
_SIGNS = re.compile(r"[\\\[\]<>*`~&{}]|(?<!\w)_|_(?!\w)")
_FILES = {
    "pdf": ("application/pdf", b"%PDF-"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", b"PK"),
    "odt": ("application/vnd.oasis.opendocument.text", b"PK"),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", b"PK"),
    "odp": ("application/vnd.oasis.opendocument.presentation", b"PK"),
    "txt": ("text/plain", b""),
    "csv": ("text/csv", b""),
}


def add_file(*, actor: Actor, manual: Manual, name: str, content: bytes) -> str:
    """Keep the picture or file with the manual; gives the Markdown that shows it, or leads to it.

    A photograph is kept without what the camera wrote into it (place, time, device), upright and no larger than needed.
    """
    require(policy.can_write(actor, manual))
    if len(content) > MOST_BYTES:
        raise Invalid(_("This file is larger than 10 MB. Make it smaller, or keep it elsewhere and link to it."))
    name = _as_on_disk(name)
    stem, ending = slug_of(Path(name).stem)[:80], Path(name).suffix.lower().lstrip(".")
    media_type, content = _picture(ending, content) if ending in PICTURES else _file(ending, content)
    path = _keep(actor, manual, f"files/{stem}", ending, media_type, content)
    return f"{'!' if ending in PICTURES else ''}[{_in_markdown(Path(name).stem)}](/{path})"


def _as_on_disk(name: str) -> str:
    """Browsers write these signs otherwise when they send a name, and no others."""
    return name.replace("%22", '"').replace("%0D", " ").replace("%0A", " ")


def _in_markdown(words: str) -> str:
    """The words as a link shows them: what Markdown would take for a sign of its own stands for itself."""
    return _SIGNS.sub(r"\\\g<0>", " ".join(words.split()))


def _picture(ending: str, content: bytes) -> tuple[str, bytes]:
    """Read and written anew, so that nothing but the picture is in it."""
    from PIL import Image, UnidentifiedImageError  # only where a picture is added, for memory's sake

    kind = PICTURES[ending]
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Invalid(_("This picture is too large to be opened here. Make it smaller and try again."))
            if kind == "GIF":
                picture.verify()
                return "image/gif", bare_gif(content)  # written as it is, since it may move
            turn = _TURNS.get(picture.getexif().get(_ORIENTATION, 1))
            upright = picture.transpose(Image.Transpose[turn]) if turn else picture
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            bare = Image.new(upright.mode, upright.size)
            bare.paste(upright)
            if upright.mode == "P":
                bare.putpalette(upright.getpalette() or [])
            made = io.BytesIO()
            bare.save(made, kind, quality=85, transparency=upright.info.get("transparency"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise Invalid(_("This is not a picture that can be shown. Save it as PNG or JPEG and try again.")) from problem
    return f"image/{kind.lower()}", made.getvalue()


def _file(ending: str, content: bytes) -> tuple[str, bytes]:
    if ending not in _FILES:
        raise Invalid(_("Files of this kind cannot be added. Pictures, PDF, office documents and plain text can."))
    media_type, beginning = _FILES[ending]
    if not content.startswith(beginning):
        raise Invalid(_("The file's name says %(kind)s, but it is something else.") % {"kind": ending.upper()})
    return media_type, content


@transaction.atomic
def _keep(actor: Actor, manual: Manual, stem: str, ending: str, media_type: str, content: bytes) -> str:
    """The path under which the manual has it now; the same file twice is kept once."""
    bump(manual)  # of two who add at once, the second sees the first one's names
    digest = store_file(content)
    taken = dict(Attachment.objects.filter(manual=manual, path__startswith=stem).values_list("path", "sha256"))
    path, number = f"{stem}.{ending}", 2
    while taken.get(path, digest) != digest:
        path, number = f"{stem}-{number}.{ending}", number + 1
    if path not in taken:
        kept = Attachment.objects.create(
            manual=manual, path=path, sha256=digest, media_type=media_type, size=len(content)
        )
        record(by=actor.person_id, verb="file.added", subject=kept, organisation=manual.organisation_id)
    return path
