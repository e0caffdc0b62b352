"""A large module that few need is read when something in it is asked for, and only then."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest

from fieldcraft.shell.later import read_later

LARGE = """
import time
from seldom import readings
readings.append(1)
time.sleep(0.05)
def answer(): return 42
"""


@pytest.fixture
def seldom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """A package with a module `large` that counts how often it is read."""
    (tmp_path / "seldom").mkdir()
    (tmp_path / "seldom/__init__.py").write_text("readings = []")
    (tmp_path / "seldom/large.py").write_text(LARGE)
    monkeypatch.syspath_prepend(tmp_path)
    read_later("seldom.large")
    yield sys.modules["seldom"]
    for name in ("seldom", "seldom.large"):
        sys.modules.pop(name, None)


def test_importing_does_not_read_it_and_asking_does(seldom: ModuleType) -> None:
    from seldom import large

    assert seldom.readings == []
    assert large.answer() == 42
    assert large.answer() == 42
    assert seldom.readings == [1]
    assert sys.modules["seldom.large"].__file__


def test_a_name_can_be_taken_from_it(seldom: ModuleType) -> None:
    from seldom.large import answer

    assert (answer(), seldom.readings) == (42, [1])


def test_many_who_ask_at_once_all_get_it_and_it_is_read_once(seldom: ModuleType) -> None:
    from seldom import large

    with ThreadPoolExecutor(8) as together:
        answers = list(together.map(lambda _number: large.answer(), range(8)))

    assert (answers, seldom.readings) == ([42] * 8, [1])


def test_what_was_read_already_stays_as_it_is(seldom: ModuleType) -> None:
    from seldom.large import answer

    read_later("seldom.large")

    assert sys.modules["seldom.large"].answer is answer


def test_a_name_that_it_does_not_have_is_missing_as_ever(seldom: ModuleType) -> None:
    from seldom import large

    with pytest.raises(AttributeError):
        large.question()
