"""A GIF without what is not the picture: comments, and what programs wrote into it."""

_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")  # how often a moving picture repeats
_EXTENSION, _PICTURE, _END = 0x21, 0x2C, 0x3B
_GRAPHIC_CONTROL, _APPLICATION = 0xF9, 0xFF


def bare_gif(content: bytes) -> bytes:
    """The same pictures in the same order. Raises ValueError where the file does not keep to its format.

    Source: GIF89a specification, CompuServe 1990, sections 17 to 27.
    """
    try:
        at = 13 + _table_size(content[10])
        kept = [content[:at]]
        while content[at] != _END:
            end = _end_of_block(content, at)
            if _is_wanted(content, at):
                kept.append(content[at:end])
            at = end
    except IndexError:
        raise ValueError("the file ends in the middle of a block") from None
    return b"".join([*kept, bytes([_END])])


def _table_size(packed: int) -> int:
    """Bytes of the colour table that a packed field announces."""
    return 3 << ((packed & 7) + 1) if packed & 0x80 else 0


def _end_of_block(content: bytes, at: int) -> int:
    match content[at]:
        case 0x21:
            return _end_of_parts(content, at + 2)
        case 0x2C:
            return _end_of_parts(content, at + 10 + _table_size(content[at + 9]) + 1)
        case _:
            raise ValueError("what follows is no block of a picture")


def _end_of_parts(content: bytes, at: int) -> int:
    """Behind the parts, each of which says its length first; the last has none."""
    while content[at]:
        at += content[at] + 1
    return at + 1


def _is_wanted(content: bytes, at: int) -> bool:
    if content[at] == _PICTURE or content[at + 1] == _GRAPHIC_CONTROL:
        return True
    return content[at + 1] == _APPLICATION and content[at + 3 : at + 14] in _LOOPS
