"""How little memory a server process holds on to: what the C library may keep of what was given back to it."""

import ctypes

_TRIM_FROM, _MAPPED_FROM = -1, -3  # as <malloc.h> numbers them


def keep_little() -> None:
    """From now on no thread keeps more than a megabyte free at the end of its pool, and large pieces go back at once.

    By default the C library raises both bounds as it goes, so that each thread keeps the most that any request needed.
    Lower bounds spare nothing more and cost searches time. Does nothing where there is no glibc.
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_TRIM_FROM, 1024 * 1024)
        library.mallopt(_MAPPED_FROM, 512 * 1024)


def give_back() -> None:
    """Return what lies free between things that are in use; takes some milliseconds. Only with glibc."""
    library = ctypes.CDLL(None)
    if hasattr(library, "malloc_trim"):
        library.malloc_trim(0)
