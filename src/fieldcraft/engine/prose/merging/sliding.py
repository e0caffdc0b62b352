"""Runs of changed items, moved to where a reader expects them: as far down as they go, or beside a change across."""

from collections.abc import Sequence


def slide(items: Sequence[int], changed: bytearray, others: bytearray) -> None:
    """Moves the runs in `changed` in place, without changing what the two sides have in common.

    changed, others: 1 where an item of this side, of the other side, is changed.
    """
    run, across = _Run(changed), _Run(others)
    while True:
        if run:
            _settle(items, run, across)
        if not run.next():
            return
        across.next()


class _Run:
    """A run of changed items, perhaps empty; between two runs stands one unchanged item."""

    def __init__(self, changed: bytearray) -> None:
        self.changed = changed
        self.start = 0
        self.end = self._end_from(0)

    def __bool__(self) -> bool:
        return self.end > self.start

    def _end_from(self, at: int) -> int:
        found = self.changed.find(0, at)
        return len(self.changed) if found < 0 else found

    def next(self) -> bool:
        """Goes to the next run; False at the end."""
        if self.end >= len(self.changed):
            return False
        self.start = self.end + 1
        self.end = self._end_from(self.start)
        return True

    def previous(self) -> None:
        """Goes to the run before."""
        self.end = self.start - 1
        self.start = self.changed.rfind(0, 0, self.end) + 1

    def up(self, items: Sequence[int]) -> bool:
        """Moves the run up by one, if the item above equals its last."""
        if self.start == 0 or items[self.start - 1] != items[self.end - 1]:
            return False
        self.start, self.end = self.start - 1, self.end - 1
        self.changed[self.start], self.changed[self.end] = 1, 0
        self.start = self.changed.rfind(0, 0, self.start) + 1
        return True

    def down(self, items: Sequence[int]) -> bool:
        """Moves the run down by one, if the item below equals its first."""
        if self.end >= len(items) or items[self.start] != items[self.end]:
            return False
        self.changed[self.start], self.changed[self.end] = 0, 1
        self.start, self.end = self.start + 1, self._end_from(self.end + 1)
        return True


def _settle(items: Sequence[int], run: _Run, across: _Run) -> None:
    """The run as far down as it goes, growing by the runs that it meets; back up to a change on the other side."""
    beside, top = _to_the_ends(items, run, across)
    if run.end == top or beside is None:
        return
    while not across and run.up(items):
        across.previous()


def _to_the_ends(items: Sequence[int], run: _Run, across: _Run) -> tuple[int | None, int]:
    """Moves the run up, then down; (last end that stood beside a change across, highest end)."""
    while True:
        length = run.end - run.start
        while run.up(items):
            across.previous()
        top = run.end
        beside = run.end if across else None
        while run.down(items):
            across.next()
            beside = run.end if across else beside
        if run.end - run.start == length:
            return beside, top
