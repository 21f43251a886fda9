"""The page docs/operate/commands.md, made from the command line's own parser."""

import argparse
from collections.abc import Iterator

HEAD = """# The command line

Made by `make commands` from the commands themselves; a test holds this page to them. `guatu COMMAND --help` says the
same. Every command takes `--json` and then prints one JSON object. Exit codes: 0 done, 1 refused with reasons and
nothing changed, 2 wrong usage. Without `--as POST` a command acts as the operator, who may do everything; each act
stands in the trail.
"""


def commands(parser: argparse.ArgumentParser, words: str = "") -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    """Every command that can be carried out: its name, its help and its parser."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, child in action.choices.items():
                inner = list(commands(child))
                if inner:
                    yield from ((f"{name} {rest}", said, leaf) for rest, said, leaf in inner)
                else:
                    yield name, helps.get(name, words), child


def markdown(parser: argparse.ArgumentParser) -> str:
    """The page."""
    return HEAD + "".join(_section(*found) for found in commands(parser))


def _section(name: str, said: str, parser: argparse.ArgumentParser) -> str:
    rows = [_row(action) for action in parser._actions if action.dest not in ("help", "json")]
    table = "\n| | |\n|---|---|\n" + "\n".join(rows) + "\n" if rows else ""
    return f"\n## guatu {name}\n\n{said[:1].upper()}{said[1:]}.\n{table}"


def _row(action: argparse.Action) -> str:
    """An option or a positional with what it takes and means."""
    taken = action.metavar if isinstance(action.metavar, str) else ""
    if not taken and action.choices is not None:
        taken = " ".join(str(choice) for choice in action.choices)
    if not taken and action.nargs != 0:
        taken = action.dest.upper()
    name = " ".join([*action.option_strings, taken]).strip()
    required = " (required)" if action.required and action.option_strings else ""
    return f"| `{name}` | {(action.help or '').replace('|', '/')}{required} |"
