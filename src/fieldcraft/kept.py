"""What a process keeps in memory because it is asked for again: the latest so many, and no more than so many bytes."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """The values used last. Keys must change when the value would, so that nothing kept is ever stale.

    most: how many values; most_size: how large they may be together, in whatever `keep` is told.
    """

    def __init__(self, most: int, most_size: int | None = None) -> None:
        self._most, self._most_size = most, most_size
        self._values: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        """The value, which counts as used now; None when it is not kept."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def keep(self, key: Hashable, value: Value, size: int = 0) -> Value:
        """Keep the value and give it back; what was not used for longest makes room."""
        with self._lock:
            self._size += size - self._values.pop(key, (value, 0))[1]
            self._values[key] = value, size
            while len(self._values) > self._most or self._is_too_large():
                _key, (_value, gone) = self._values.popitem(last=False)
                self._size -= gone
        return value

    def _is_too_large(self) -> bool:
        return self._most_size is not None and self._size > self._most_size and len(self._values) > 1
