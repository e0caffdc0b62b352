"""Identifiers made by the application, so that a row knows its name before any database does."""

import os
import time
import uuid


def uuid7() -> uuid.UUID:
    """A UUID whose order is the order of making, to the millisecond.

    Source: RFC 9562, section 5.7.
    """
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    high, low = random >> 68, random & ((1 << 62) - 1)
    return uuid.UUID(int=(milliseconds << 80) | (0x7 << 76) | (high << 64) | (0b10 << 62) | low)
