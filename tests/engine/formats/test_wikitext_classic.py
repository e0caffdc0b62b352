"""Wikitext as it was before TiddlyWiki 5, and on TiddlyWeb and TiddlySpace."""

import pytest

from fieldcraft.engine.formats.document import LossKind
from fieldcraft.engine.formats.tiddlywiki.wikitext import Wiki, to_markdown


def _carried(wikitext: str) -> tuple[str, dict[LossKind, int]]:
    wiki = Wiki(titles=frozenset({"HomeVisit", "Tea"}))
    body, losses = to_markdown(wikitext, wiki=wiki, tiddler_type="text/x-tiddlywiki")
    return body.removesuffix("\n"), {loss.kind: loss.count for loss in losses}


@pytest.mark.parametrize(
    ("wikitext", "markdown"),
    [
        ("every line\nends here", "every line\\\nends here"),
        ("text\n* a list begins\n!At once", "text\n\n- a list begins\n\n## At once"),
        ("{{{a *b* c}}}", "`a *b* c`"),
        ("{{{\na\n\nb\n}}}\nafter", "```\na\n\nb\n```\n\nafter"),
        ("--gone-- and back -- again", "~~gone~~ and back — again"),
        ("x~~2~~ y^^2^^", "x<sub>2</sub> y<sup>2</sup>"),
        ("a /% not\nshown %/b", "a b"),
        ("/% first %/\n!Title", "## Title"),
        ("@@look@@", "<mark>look</mark>"),
        ("<<<\none\ntwo\n<<<", "> one\\\n> two"),
        (">quoted\n>>deeper", "> quoted\n> > deeper"),
        ('"""no [[link]]""" <nowiki>nor \'\'this\'\'</nowiki>', "no \\[\\[link\\]\\] nor ''this''"),
        ("one<br>two", "one\\\ntwo"),
        ("HomeVisit ~HomeVisit [[cup|Tea]]", "[[HomeVisit]] HomeVisit [[cup|Tea]]"),
        ("[img[Kettle|k.png][Tea]] [<img[k.png]]", "![Kettle](<k.png>) [[Tea]] ![](<k.png>)"),
        ("|!A|!B|\n|1|2|", "| A | B |\n| --- | --- |\n| 1 | 2 |"),
        ("a <b> c", "a \\<b> c"),
        ("above\n----\nbelow", "above\n\n---\n\nbelow"),
    ],
)
def test_classic_wikitext_is_carried(wikitext: str, markdown: str) -> None:
    assert _carried(wikitext) == (markdown, {})


@pytest.mark.parametrize(
    ("wikitext", "markdown", "loss"),
    [
        ("@@color(red):hot@@ tea", "hot tea", LossKind.STYLE),
        ("@@color:red;hot@@ tea", "hot tea", LossKind.STYLE),
        ("{{warning{mind}}} the step", "mind the step", LossKind.STYLE),
        ("<html><i>x</i>\n\ny</html>", "<i>x</i>\ny", LossKind.HTML),
        ("<<tiddler Tea>>", "`<<tiddler Tea>>`", LossKind.MACRO),
    ],
)
def test_what_classic_wikitext_loses_is_reported(wikitext: str, markdown: str, loss: LossKind) -> None:
    assert _carried(wikitext) == (markdown, {loss: 1})
