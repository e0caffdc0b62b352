"""The `fieldcraft` command: each word leads to the room that knows it."""

import os
import sys

COMMANDS = {
    "up": "up",
    "demo": "demo",
    "import": "import_manual",
    "export": "export_manual",
    "search": "search_manual",
    "take-out": "take_words_out",
    "doctor": "doctor",
    "merge": "",  # needs neither settings nor database
}
USAGE = """fieldcraft COMMAND …

  up [--port N]                     migrate and serve
  demo                              fill the sample community
  import PATH --manual SLUG         read a handbook or TiddlyWiki in (--over SLUG, --plan, --apply, --json)
  export SLUG --format F OUT        write a manual out: markdown, tiddlywiki, html, json (--own, --json)
  search SLUG TEXT                  find pages of a manual (--json)
  take-out SLUG WORDS               take a name out of all that a manual ever said; a plan first (--apply, --json)
  doctor                            what is wrong with this installation and how to mend it (--json)
  merge BASE OURS THEIRS            three texts become one, also for git (--json, --write, --markers, --cases FILE)

fieldcraft COMMAND --help says more."""


def main(arguments: list[str] | None = None) -> int:
    """Runs one command. Exit code 0 when it did what was asked, 1 when it could not, 2 when the words are off."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] in {"-h", "--help", "help"}:
        print(USAGE)
        return 0 if words else 2
    if words[0] not in COMMANDS:
        print(f"There is no command “{words[0]}”.\n\n{USAGE}", file=sys.stderr)
        return 2
    if words[0] == "merge":
        from fieldcraft.cli import merge

        return merge.main(words[1:])
    return _run(COMMANDS[words[0]], words[1:])


def _run(name: str, words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fieldcraft.config.settings")
    import django
    from django.core.management import get_commands, load_command_class
    from django.core.management.base import CommandError

    try:
        django.setup()
        command = load_command_class(get_commands()[name], name)
        parser = command.create_parser("fieldcraft", next(word for word, target in COMMANDS.items() if target == name))
        options = vars(parser.parse_args(words))
        command.execute(*options.pop("args", ()), **options)
    except CommandError as problem:
        print(problem, file=sys.stderr)
        return 1
    except ValueError as problem:
        if type(problem).__name__ != "BadSetting":
            raise
        print(problem, file=sys.stderr)
        return 2
    return 0
