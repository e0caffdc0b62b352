"""Sizes and names that a stranger can rely on."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

SOURCE = Path(__file__).parents[2] / "src/fieldcraft"
MODULES = [file for file in sorted(SOURCE.rglob("*.py")) if "migrations" not in file.parts]
WRITTEN = [
    file
    for file in sorted(SOURCE.rglob("*"))
    if file.suffix in {".py", ".html", ".css", ".js", ".md", ".toml"} and "vendor" not in file.parts
]
Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
LINES_OF_FILE, LINES_OF_FUNCTION = 300, 40


def _at(file: Path, line: int, name: str) -> str:
    return f"{file.relative_to(SOURCE).as_posix()}:{line} {name}"


def test_files_are_short() -> None:
    lengths = {file: len(file.read_text().splitlines()) for file in WRITTEN if "migrations" not in file.parts}

    assert {file.name: length for file, length in lengths.items() if length > LINES_OF_FILE} == {}


def test_modules_and_what_is_public_in_them_say_what_they_are() -> None:
    """An empty file may stay silent; a method whose name says all may, too."""
    silent = []
    for file in MODULES:
        module = ast.parse(file.read_text())
        silent += [] if not module.body or ast.get_docstring(module) else [_at(file, 1, "module")]
        public = [node for node in module.body if isinstance(node, Named) and not node.name.startswith("_")]
        silent += [_at(file, node.lineno, node.name) for node in public if not ast.get_docstring(node)]

    assert silent == []


def test_functions_are_short() -> None:
    found = [
        (_at(file, node.lineno, node.name), (node.end_lineno or 0) - node.lineno + 1)
        for file in MODULES
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]

    assert found
    assert [(function, lines) for function, lines in found if lines > LINES_OF_FUNCTION] == []


def _ours(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, str, str, URLPattern]]:
    """Room of the view, namespace, name and pattern of each address that a view of ours answers."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _ours(pattern.url_patterns, pattern.namespace or space)
            continue
        module = getattr(pattern.callback, "__module__", "")
        if module.startswith("fieldcraft."):
            yield module.split(".")[1], space, pattern.name or "", pattern


def test_addresses_are_named_after_their_room_a_thing_and_what_is_done_with_it() -> None:
    found = list(_ours(get_resolver().url_patterns))
    wrong = [
        f"{space}:{name} in {room}"
        for room, space, name, _pattern in found
        if space != ("" if room == "shell" else room) or not re.fullmatch(r"[a-z]+(-[a-z]+){0,2}", name)
    ]

    assert found
    assert wrong == []


def test_no_two_addresses_have_one_name() -> None:
    names = [(space, name) for _room, space, name, _pattern in _ours(get_resolver().url_patterns)]

    assert sorted(names) == sorted(set(names))


def test_an_address_is_small_words_and_ends_with_a_slash() -> None:
    """A file keeps the ending it came with."""
    routes = [str(pattern.pattern) for _room, _space, _name, pattern in _ours(get_resolver().url_patterns)]
    shape = r"(?:(?:[a-z-]+|<[a-z]+:[a-z_]+>)/)*(?:<path:path>)?"

    assert [route for route in routes if not re.fullmatch(shape, route)] == []
