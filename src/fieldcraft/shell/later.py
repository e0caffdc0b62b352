"""Modules that few requests need and that are large: read when something in them is first asked for."""

import sys
from importlib import import_module
from threading import RLock
from types import ModuleType
from typing import Any

_reading = RLock()


class _Later(ModuleType):
    """Stands where the module will; the first name that is asked for has it read."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what imports ask of every module; none of it is the module's own
            raise AttributeError(name)
        return getattr(_read(self), name)


def read_later(name: str) -> None:
    """Have `import` find the module without reading it; nothing happens when it has been read."""
    if name in sys.modules:
        return
    above, _dot, own = name.rpartition(".")
    sys.modules[name] = _Later(name)
    setattr(import_module(above), own, sys.modules[name])


def _read(stand_in: _Later) -> ModuleType:
    """The module itself, which stays in its place from then on."""
    name = stand_in.__name__
    with _reading:
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
        return import_module(name)
