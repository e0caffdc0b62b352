"""One Markdown page: its front matter, its title, what it loses; its body is never touched."""

from datetime import UTC, datetime

import pytest

from fieldcraft.engine.formats.document import BadSource, Fault, LossKind
from fieldcraft.engine.formats.losses import losses
from fieldcraft.engine.formats.markdown import document, humanised
from fieldcraft.engine.formats.yaml_values import load_yaml, text_of, texts


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: A\n---\n# A\r\nend without newline",
        "\ufeff---\r\ntitle: A\r\n---\r\n\r\n\tx  \r\n",
        "---\n---\n",
        "---\n...\ntext",
        "---\nnever closed",
        "---\n\nwords between two rules\n\n---\nmore",
        "",
    ],
)
def test_header_and_body_are_the_bytes_of_the_file(text: str) -> None:
    page = document("a.md", text.encode())

    assert page.header + page.body == text


def test_unknown_values_stay_in_their_order() -> None:
    header = "---\nzebra: 1\ntitle: A\nants: [x, {y: z}]\nempty:\nwhen: 2024-01-02\n---\n"

    page = document("a.md", header.encode())

    assert page.fields == (
        ("zebra", "1"),
        ("ants", "[x, {y: z}]"),
        ("empty", "None"),
        ("when", "2024-01-02"),
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: '  From  the header '\n---\n# Other", "From the header"),
        ("---\ntitle: 2024\n---\n", "2024"),
        ("---\ntitle:\n---\n# Heading", "Heading"),
        ("intro\n\n# The **bold** [link](x.md) `code` snake_case #", "The bold link code snake_case"),
        ("# Named {#anchor}", "Named"),
        ("# C#", "C#"),
        ("#  <a name='x'></a>Anchored", "Anchored"),
        ("```sh\n# a comment\n```\n# Real", "Real"),
        ("~~~\n# a comment", "On call"),
        ("Set by a line\n=============\n", "Set by a line"),
        ("## only smaller ones", "On call"),
        ("#hashtag", "On call"),
        ("# " + "long " * 100, ("long " * 51).strip()),
    ],
)
def test_the_title_is_the_headers_else_the_first_heading_else_the_files_name(text: str, title: str) -> None:
    assert document("02-on_call.md", text.encode()).title == title


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a/01-first.md", "First"),
        ("a/2024-05-01-news.md", "News"),
        ("a/1.2-notes.md", "1.2 notes"),
        ("guide/index.md", "Guide"),
        ("README.md", "README"),
        ("3.md", "3"),
    ],
)
def test_names_of_files_are_said_as_words(path: str, name: str) -> None:
    assert humanised(path) == name


def test_dates_are_moments() -> None:
    text = "---\ndate: 2024-01-02\nupdated: '2024-03-04T05:06:07'\n---\n"

    page = document("a.md", text.encode())

    assert (page.created, page.modified) == (
        datetime(2024, 1, 2, tzinfo=UTC),
        datetime(2024, 3, 4, 5, 6, 7, tzinfo=UTC),
    )
    assert document("a.md", b"---\ndate: 0001-01-01\n---\n").created is None
    assert document("a.md", b"---\ndate: soon\n---\n").created is None


def test_several_values_may_be_a_list_or_words() -> None:
    assert texts("a b") == texts("a, b") == texts(["a", None, " b "]) == ["a", "b"]
    assert texts("two words, b") == ["two words", "b"]
    assert texts(None) == []
    assert texts(7) == ["7"]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_yaml_that_goes_too_deep_is_refused_before_it_is_loaded(opening: str) -> None:
    with pytest.raises(BadSource) as refused:
        load_yaml("a.md", (opening * 20_000)[:90_000])

    assert refused.value.fault in {Fault.TOO_LARGE, Fault.BROKEN_YAML}


@pytest.mark.parametrize("yaml", ["a: !!int ''", "!!bool x", "a: 2020-13-45", "<<: 3", "a: *b", '"\\ud800"', "\x07"])
def test_yaml_that_cannot_be_read_is_refused(yaml: str) -> None:
    with pytest.raises(BadSource) as refused:
        load_yaml("a.md", yaml)

    assert refused.value.fault is Fault.BROKEN_YAML


def test_a_page_with_broken_front_matter_names_its_line() -> None:
    with pytest.raises(BadSource) as refused:
        document("a.md", b"---\ntitle: A\ntags: [\n---\nx")

    assert (refused.value.path, refused.value.detail) == ("a.md", "4")


def test_yaml_runs_nothing_and_repeats_little() -> None:
    assert load_yaml("a.md", "x: !!python/object/apply:os.system ['echo']") == {"x": None}
    with pytest.raises(BadSource):
        load_yaml("a.md", "a: &a x\nb: [" + "*a, " * 51 + "]")
    assert text_of(load_yaml("a.md", "a: 0x" + "f" * 5000)["a"]) == ""
    assert "id001" in text_of(load_yaml("a.md", "a: &a [*a]"))


@pytest.mark.parametrize(
    ("body", "kind", "count"),
    [
        ("{% include a.html %} {{ site.name }}", LossKind.MACRO, 2),
        ("{% include a.html\n   b=1 %}", LossKind.MACRO, 1),
        ('!!! note "Mind"\n    this', LossKind.MACRO, 1),
        ("=== One\n    a", LossKind.MACRO, 1),
        ("%%not for readers%%", LossKind.MACRO, 1),
        ("![[other note]]", LossKind.TRANSCLUSION, 1),
        ('--8<-- "part.md"', LossKind.TRANSCLUSION, 1),
        ("<iframe src=x></iframe> <SCRIPT>", LossKind.HTML, 2),
        ("text\n{: .lead}", LossKind.STYLE, 1),
    ],
)
def test_what_the_screen_shows_as_it_stands_is_reported(body: str, kind: LossKind, count: int) -> None:
    assert [(loss.kind, loss.count) for loss in losses(body)] == [(kind, count)]


@pytest.mark.parametrize(
    "body",
    [
        '[x]({% page "/x" %})',
        "```\n{% include a %}\n```",
        "~~~ html\n<script>\n~~~",
        "- ```\n  <script>\n  ```",
        "> ```\n> <script>\n> ```",
        "`{{ x }}` and ``{% y %}``",
        "````\n```\n<script>\n```\n````",
        "{% endalert %}",
        "a < b and 5 > 3",
    ],
)
def test_code_and_what_is_carried_out_are_no_loss(body: str) -> None:
    assert losses(body) == ()
