"""Trees of Markdown without contents of their own: Obsidian, Jekyll, plain folders."""

from fieldcraft.engine.formats.detect import read_source
from fieldcraft.engine.formats.document import Document, Library, LossKind, SkipReason


def _read(files: dict[str, str]) -> Library:
    return read_source({path: text.encode() for path, text in files.items()})


def _contents(library: Library) -> list[tuple[str, tuple[str, ...] | None]]:
    return [(page.title, page.section) for page in library.documents]


def _page(library: Library, path: str) -> Document:
    return next(page for page in library.documents if page.path == path)


def _left_out(library: Library) -> dict[str, SkipReason]:
    return {left.path: left.reason for left in library.skipped}


def test_a_vault_names_its_notes_by_their_files() -> None:
    library = _read(
        {
            ".obsidian/app.json": "{}",
            "Safety plan.md": "---\naliases: [Plan B, crisis]\ntags: 'one #two'\n---\n# Purpose\n\n[[Tea#Making it|tea]]",
            "Work/Tea.md": "Boil. ^boil\n\n![[Safety plan]] ![[k.png]]",
            "Home/Tea.md": "[[Work/Tea#^boil]]",
        }
    )

    plan, work = _page(library, "Safety plan.md"), _page(library, "Work/Tea.md")
    assert (plan.title, plan.tags) == ("Safety plan", ("one", "two"))
    assert set(plan.aliases) == {"Plan B", "crisis"}
    assert work.aliases == ("Work/Tea",)
    assert {page.title for page in library.documents} == {"Safety plan", "Tea", "Tea (work)"}
    assert [(loss.kind, loss.count) for loss in work.losses] == [(LossKind.TRANSCLUSION, 2)]


def test_notes_that_link_by_file_name_are_found_by_it() -> None:
    library = _read({"notes/tea-round.md": "# The round\n", "b.md": "# B\nsee [[tea-round]]"})

    assert _page(library, "notes/tea-round.md").aliases == ("notes/tea-round", "tea-round")


def test_pages_that_never_link_so_need_no_second_name() -> None:
    library = _read({"notes/tea-round.md": "# The round\n", "b.md": "# B\n`[[tea-round]]`"})

    assert _page(library, "notes/tea-round.md").aliases == ()


def test_jekyll_keeps_its_tags_and_old_addresses() -> None:
    body = (
        '# Leave\n\n{% alert "Mind" %}\nAsk first.\n{% endalert %}\n\n{% include card.html\n  name="x" %}\n'
        '[leave]({% page "/leave/" %}) {{ site.url }}\n{: .note}\n'
    )
    text = f"---\ntitle: Leave\npermalink: /time-off/\nredirect_from:\n  - /leave-old/\n  - /away/\n---\n{body}"

    library = _read({"_config.yml": "title: Handbook", "pages/leave.md": text, "_includes/x.md": "part"})

    (page,) = library.documents
    assert (page.header + page.body, page.body) == (text, body)
    assert page.aliases == ("/leave-old/", "/away/", "/time-off/")
    assert {loss.kind: loss.count for loss in page.losses} == {LossKind.MACRO: 3, LossKind.STYLE: 1}
    assert library.title == "Handbook"
    assert _left_out(library) == {"_includes/x.md": SkipReason.SYSTEM}


def test_dated_posts_are_named_without_their_date() -> None:
    library = _read({"_config.yml": "", "_posts/2024-05-01-a-new-start.md": "hi", "_drafts/b.md": "soon"})

    assert _contents(library) == [("A new start", ())]
    assert _left_out(library) == {"_drafts/b.md": SkipReason.DRAFT}


def test_numbers_order_and_are_not_said() -> None:
    library = _read({"10-last/x.md": "x", "2-first/01_b-c.md": "x", "2-first/index.md": "x", "a.md": "a"})

    assert _contents(library) == [("A", ()), ("First", ("First",)), ("B c", ("First",)), ("X", ("Last",))]


def test_many_pages_of_one_title_are_told_apart() -> None:
    library = _read({f"p{number}.md": "# Same" for number in range(3)})

    assert sorted(page.title for page in library.documents) == ["Same", "Same (2)", "Same (3)"]


def test_hidden_files_are_passed_over() -> None:
    files = {".git/a.md": "x", "node_modules/b.md": "x", "__MACOSX/c.md": "x", "d.md": "# D", "e.xyz": "?"}

    library = _read(files)

    assert _contents(library) == [("D", ())]
    assert _left_out(library) == {"e.xyz": SkipReason.UNKNOWN}
