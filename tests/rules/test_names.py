"""Sizes and names that a stranger can rely on."""

import ast
import re
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

SOURCE = Path(__file__).parents[2] / "src/fieldcraft"
MODULES = [file for file in sorted(SOURCE.rglob("*.py")) if "migrations" not in file.parts]


def _ids(file: Path) -> str:
    return file.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("file", MODULES, ids=_ids)
def test_a_module_is_short_and_says_what_it_is(file: Path) -> None:
    text = file.read_text()

    assert len(text.splitlines()) <= 300
    assert not text.strip() or ast.get_docstring(ast.parse(text)), "no docstring"


@pytest.mark.parametrize("file", MODULES, ids=_ids)
def test_functions_are_short_and_public_ones_say_what_they_do(file: Path) -> None:
    long, silent = [], []
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            silent += [] if ast.get_docstring(node) else [node.name]
        long += [
            each.name
            for each in ast.walk(node)
            if isinstance(each, ast.FunctionDef) and (each.end_lineno or 0) - each.lineno > 40
        ]

    assert (long, silent) == ([], [])


def test_addresses_are_named_after_a_thing_and_what_is_done_with_it() -> None:
    def names(patterns: list[URLPattern | URLResolver]) -> list[str]:
        found: list[str] = []
        for pattern in patterns:
            found += names(pattern.url_patterns) if isinstance(pattern, URLResolver) else [pattern.name or ""]
        return found

    assert [
        name for name in names(get_resolver().url_patterns) if not re.fullmatch(r"[a-z0-9_]+(-[a-z0-9]+)*", name)
    ] == []
