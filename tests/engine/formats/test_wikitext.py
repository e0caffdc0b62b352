"""Every construct of TiddlyWiki 5's wikitext: what comes out in Markdown, and which loss is reported."""

import pytest

from fieldcraft.engine.formats.document import LossKind
from fieldcraft.engine.formats.tiddlywiki.wikitext import Macro, Wiki, to_markdown

WIKI = Wiki(
    titles=frozenset({"HomeVisit", "Home visits", "Tea"}),
    files=frozenset({"kettle.png"}),
    elsewhere={"Map": "https://example.org/map.png"},
    macros={"greet": Macro((("name", "friend"),), "Good day, ''$name$''!"), "wide": Macro((), "<$list filter=x/>")},
)


def _carried(wikitext: str) -> tuple[str, dict[LossKind, int]]:
    body, losses = to_markdown(wikitext, wiki=WIKI, tiddler_type="")
    return body.removesuffix("\n"), {loss.kind: loss.count for loss in losses}


@pytest.mark.parametrize(
    ("wikitext", "markdown"),
    [
        # links
        ("[[Tea]]", "[[Tea]]"),
        ("[[a cup|Tea]] and [[gone|Nowhere]]", "[[a cup|Tea]] and [[gone|Nowhere]]"),
        ("[[Note: call first]]", "[[Note: call first]]"),
        ("[[the law|https://example.org/a_b]]", "[the law](<https://example.org/a_b>)"),
        ("[ext[https://example.org]]", "[https://example.org](<https://example.org>)"),
        ("[ext[a page|./files/a b.pdf]]", "[a page](<./files/a b.pdf>)"),
        ("see https://example.org/x_y, then", "see <https://example.org/x_y>, then"),
        ("~https://example.org", "https://example.org"),
        ("HomeVisit, ~HomeVisit, OfficeVisit", "[[HomeVisit]], HomeVisit, OfficeVisit"),
        ("$:/ControlPanel and [[settings|$:/ControlPanel]]", "$:/ControlPanel and settings"),
        # marks
        ("''b'' //i// __u__ ~~s~~ x^^2^^ h,,2,,o", "**b** *i* <u>u</u> ~~s~~ x<sup>2</sup> h<sub>2</sub>o"),
        ("''//both//''", "***both***"),
        ("say ''now ''or never", "say **now** or never"),
        ("''over\ntwo lines''", "**over\ntwo lines**"),
        ("a''b''c", "a**b**c"),
        ("x''(y)''z", "x<strong>(y)</strong>z"),
        ("this and//or that", "this and//or that"),
        ("`code *as* it is` and ``a ` tick``", "`code *as* it is` and ``a ` tick``"),
        ("``two\nlines``", "`two lines`"),
        ("wait -- listen --- act", "wait – listen — act"),
        ("Tom &amp; Ann &eacute; A&B", "Tom &amp; Ann &eacute; A&B"),
        ("@@look here@@", "<mark>look here</mark>"),
        # blocks
        ("! One\n!!! Three\ntext", "## One\n\n#### Three\n\ntext"),
        ("!!!!!! Six", "###### Six"),
        ("! About C #", "## About C \\#"),
        ("* a\n** b\n*# c\n*# d\n* e", "- a\n  - b\n  1. c\n  1. d\n- e"),
        ("# a\n## b\n#* c", "1. a\n   1. b\n   - c"),
        ("* a\n\n* b", "- a\n- b"),
        ("*** deep\n* up", "- - - deep\n- up"),
        ("* a\n# b", "- a\n\n1. b"),
        ("; Term\n: Meaning\n: More", "**Term**\\\nMeaning\\\nMore"),
        ("> first\n> second\n>> inner", "> first\\\n> second\n> > inner"),
        ("* item\n*> said", "- item\n  > said"),
        ("```js\nlet a = `x`;\n\n<!-- kept -->\n```", "```js\nlet a = `x`;\n\n<!-- kept -->\n```"),
        ("```\nno end", "```\nno end\n```"),
        ("<<<\nwise words\n\n* point\n<<<", "> wise words\n>\n> - point"),
        ("<<< Ann\nwise\n<<< in 2019", "> Ann\n>\n> wise\n>\n> — in 2019"),
        ("<<<\nouter\n\n<<<<\ninner\n<<<<\n<<<", "> outer\n>\n> > inner"),
        ("above\n\n---\n\nbelow", "above\n\n---\n\nbelow"),
        ('"""\nline one\nline two\n"""', "line one\\\nline two"),
        ("<!-- hidden -->shown<!-- a\n\nb -->", "shown"),
        # pictures
        ("[img[kettle.png]]", "![](<kettle.png>)"),
        ("[img[A kettle|kettle.png]]", "![A kettle](<kettle.png>)"),
        ("{{kettle.png}}", "![kettle.png](<kettle.png>)"),
        # tables
        ("|!Who |!When |\n|Ann |Monday |", "| Who | When |\n| --- | --- |\n| Ann | Monday |"),
        ("|a|b|h\n|1|2|", "| a | b |\n| --- | --- |\n| 1 | 2 |"),
        ("|1|2|\n|!x|y|", "|  |  |\n| --- | --- |\n| 1 | 2 |\n| **x** | y |"),
        ("|Rota|c\n|1|2|", "**Rota**\n\n|  |  |\n| --- | --- |\n| 1 | 2 |"),
        ("|[[a cup|Tea]]|`a|b`|", "|  |  |\n| --- | --- |\n| [[a cup\\|Tea]] | `a\\|b` |"),
        ("|short|\n|1|2|3|", "|  |  |  |\n| --- | --- | --- |\n| short |\n| 1 | 2 | 3 |"),
        # HTML that Markdown may hold
        ("press <kbd>Esc</kbd><br>now", "press <kbd>Esc</kbd><br>now"),
        ('<div class="note">\n\n\'\'Mind\'\' the step\n\n</div>', '<div class="note">\n\n**Mind** the step\n\n</div>'),
        ("<a href='https://example.org' onclick='x()'>go</a>", '<a href="https://example.org">go</a>'),
        ("<ul><li>''a''</li></ul>", "<ul>\n<li>\n\n**a**\n\n</li>\n</ul>"),
        ('<img src="kettle.png" alt="K">', "![K](<kettle.png>)"),
        # widgets and macros that say no more than Markdown can
        ('<$link to="Tea">a cup</$link>', "[[a cup|Tea]]"),
        ('<$link to="Tea"/>', "[[Tea]]"),
        ('<$text text="2 * 3"/>', "2 \\* 3"),
        ('<$image source="kettle.png"/>', "![](<kettle.png>)"),
        ('<<tag "Home visits">>', "[[Home visits]]"),
        ("<<greet>> <<greet Ann>> <<greet name:'Jo Li'>>", "Good day, **friend**! Good day, **Ann**! Good day, **Jo Li**!"),
        ('<$macrocall $name="greet" name="Ann"/>', "Good day, **Ann**!"),
        ("\\define hi(who) Hi $who$\n<<hi Ann>>", "Hi Ann"),
        ("\\procedure hi(who)\n''<<who>>'', hi\n\\end\n\n<<hi Ann>>", "**Ann**, hi"),
        ("\\whitespace trim\n\\rules except wikilink\nHomeVisit", "HomeVisit"),
        # signs that mean something in Markdown only
        ("2 * 3, snake_case, [x], a\\b", "2 \\* 3, snake\\_case, \\[x\\], a\\\\b"),
        ("1. not a list\n- nor this\n# nor that", "1\\. not a list\n\\- nor this\n\\# nor that"),
        ("hello\n===", "hello\n\\==="),
        ("    indented", "indented"),
        ("a < b", "a \\< b"),
        ("wow![[Tea]]", "wow\\![[Tea]]"),
        ("text\n* is no list in TiddlyWiki 5", "text\n\\* is no list in TiddlyWiki 5"),
    ],
)  # fmt: skip
def test_what_markdown_can_say_is_carried_without_loss(wikitext: str, markdown: str) -> None:
    assert _carried(wikitext) == (markdown, {})


@pytest.mark.parametrize(
    ("wikitext", "markdown", "losses"),
    [
        ("a <<toc-tabs 'x'>> b", "a `<<toc-tabs 'x'>>` b", {LossKind.MACRO: 1}),
        ("<<list\n one:1\n>>", "```\n<<list\n one:1\n>>\n```", {LossKind.MACRO: 1}),
        ("<<wide>>", "`<<wide>>`", {LossKind.MACRO: 1}),
        ("{{Tea}}", "[[{{Tea}}|Tea]]", {LossKind.TRANSCLUSION: 1}),
        ("x {{Tea||Card}} {{!!owner}}", "x `{{Tea||Card}}` `{{!!owner}}`", {LossKind.TRANSCLUSION: 2}),
        ("{{{ [tag[x]] || Card }}}", "`{{{ [tag[x]] || Card }}}`", {LossKind.FILTER: 1}),
        ("<$list filter='a'>\n\n* <$link/>\n\n</$list>\n\nafter", "```\n<$list filter='a'>\n\n* <$link/>\n\n</$list>\n```\n\nafter", {LossKind.WIDGET: 1}),
        ("<$list filter='a'><$list filter='b'>c</$list></$list> d", "`<$list filter='a'><$list filter='b'>c</$list></$list>` d", {LossKind.WIDGET: 1}),
        ("<$button>Press ''me''</$button>", "`<$button>`Press **me**`</$button>`", {LossKind.WIDGET: 1}),
        ("<$list never closed", "\\<$list never closed", {}),
        ("<%if [x] %>yes<%else%>no<%endif%>", "`<%if [x] %>`yes`<%else%>`no`<%endif%>`", {LossKind.CONDITIONAL: 1}),
        ("\\define box() <$list/>\n<<box>>", "```\n\\define box() <$list/>\n```\n\n`<<box>>`", {LossKind.MACRO: 1, LossKind.PRAGMA: 1}),
        ("\\function f() [x]\nwords", "```\n\\function f() [x]\n```\n\nwords", {LossKind.PRAGMA: 1}),
        ("\\import [tag[m]]\nwords", "```\n\\import [tag[m]]\n```\n\nwords", {LossKind.PRAGMA: 1}),
        ("@@color:red;hot@@ tea", "hot tea", {LossKind.STYLE: 1}),
        ("@@.note\nmind\n\n* this\n@@\nafter", "> mind\n>\n> - this\n\nafter", {LossKind.STYLE: 1}),
        ("!.big Title", "## Title", {LossKind.STYLE: 1}),
        ("*.red item", "- item", {LossKind.STYLE: 1}),
        ("|neat|k\n|1|2|", "|  |  |\n| --- | --- |\n| 1 | 2 |", {LossKind.STYLE: 1}),
        ("[img width=32 [A|kettle.png]]", "![A](<kettle.png>)", {LossKind.STYLE: 1}),
        ('<span style="color:red">hot</span>', "<span>hot</span>", {LossKind.STYLE: 1}),
        ("[img[Map]]", "![](<https://example.org/map.png>)", {LossKind.EXTERNAL: 1}),
        ("[img[$:/core/icon]]", "`[img[$:/core/icon]]`", {LossKind.EXTERNAL: 1}),
        ("<svg><g/></svg> x", "`<svg><g/></svg>` x", {LossKind.HTML: 1}),
        ("<iframe src='x'></iframe>", "`<iframe src='x'></iframe>`", {LossKind.HTML: 1}),
        ("<blink>x</blink>", "`<blink>`x`</blink>`", {LossKind.HTML: 1}),
        ("<a href={{!!url}}>x</a>", "`<a href={{!!url}}>`x</a>", {LossKind.HTML: 1}),
        ("$$$.svg\n<svg/>\n$$$", "```svg\n<svg/>\n```", {LossKind.HTML: 1}),
    ],
)  # fmt: skip
def test_what_it_cannot_say_stays_to_be_seen_and_is_reported(
    wikitext: str, markdown: str, losses: dict[LossKind, int]
) -> None:
    assert _carried(wikitext) == (markdown, losses)


def test_joined_cells_become_a_table_of_html() -> None:
    body, losses = _carried("|!Week|<|\n|Mon|''Tue''|\n|~|Wed|")

    assert body.replace("\n", "") == (
        '<table><tr><th colspan="2">Week</th></tr>'
        '<tr><td rowspan="2">Mon</td><td>**Tue**</td></tr><tr><td>Wed</td></tr></table>'
    )
    assert losses == {}


def test_a_loss_keeps_its_first_example_short() -> None:
    _body, losses = to_markdown(f"<<one {'x' * 300}>> <<two>>", wiki=WIKI, tiddler_type="")

    assert [(loss.count, loss.example[:7], len(loss.example)) for loss in losses] == [(2, "<<one x", 120)]


def test_a_snippet_that_calls_itself_ends() -> None:
    macros = {"a": Macro((), "<<b>><<b>>"), "b": Macro((), "<<a>><<a>>")}

    body, losses = to_markdown("<<a>>", wiki=Wiki(macros=macros), tiddler_type="")

    assert (body, losses[0].kind) == ("`<<a>>`\n", LossKind.MACRO)


def test_pictures_of_the_wiki_are_found_from_pages_whose_title_holds_slashes() -> None:
    wiki = Wiki(files=frozenset({"a 50% off.png"}))

    assert to_markdown("[img[a 50% off.png]]", wiki=wiki, tiddler_type="", title="A")[0] == "![](<a 50%25 off.png>)\n"
    assert to_markdown("{{a 50% off.png}}", wiki=wiki, tiddler_type="", title="A/B")[0] == (
        "![a 50% off.png](</a 50%25 off.png>)\n"
    )


def test_other_kinds_of_text_are_kept_as_they_are() -> None:
    assert to_markdown("# A\n*b*", wiki=WIKI, tiddler_type="text/x-markdown") == ("# A\n*b*", ())
    assert to_markdown("a ``` b", wiki=WIKI, tiddler_type="text/plain")[0] == "````\na ``` b\n````\n"
    assert to_markdown("  \n", wiki=WIKI, tiddler_type="") == ("", ())
