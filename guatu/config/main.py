"""The `guatu` command: one front for every package's commands.

Each package's `cli.py` exposes `add_commands(subparsers)`. A command sets `run`, a function from the parsed arguments
to a dict; it may set `text` (dict → what a person reads) and `exit_code` (dict → 0 or 1). Every command has `--json`.

Exit codes: 0 done, 1 refused with reasons and nothing changed, 2 wrong usage.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from io import TextIOWrapper
from typing import Any, NoReturn
from uuid import UUID

Answer = dict[str, Any]
# In the order of the layers, so that the help reads in the order of the work.
PACKAGES = ("core", "people", "library", "plans", "reporting", "figures", "dispatch", "publishing", "demo")
# Commands of pure computation and their package: they start without the others, without a database or a data folder.
PURE = {"schedule": "plans", "targets": "plans"}


class Parser(argparse.ArgumentParser):
    """Wrong usage is one sentence and exit 2; with --json it is the same object as any other refusal."""

    def error(self, message: str) -> NoReturn:
        if "--json" in sys.argv:
            sys.stdout.write(as_json(error_of("usage", message)) + "\n")
        else:
            self.print_usage(sys.stderr)
            sys.stderr.write(f"{self.prog}: {message}\n")
        raise SystemExit(2)


def error_of(code: str, message: str, items: list[dict[str, Any]] | None = None) -> Answer:
    """What a refusal prints with --json."""
    return {"error": {"code": code, "message": message, "items": items or []}}


def _plain(value: Any) -> Any:
    """Dates as ISO, rates as numbers, the rest as text."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, UUID) or hasattr(value, "__fspath__"):
        return str(value)
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    return str(value)


def as_json(answer: Answer) -> str:
    """One JSON object, Chinese as it is."""
    return json.dumps(answer, ensure_ascii=False, indent=2, default=_plain)


def as_text(answer: Answer, indent: str = "") -> str:
    """An answer for a reader: a line a value, a list under its name."""
    lines: list[str] = []
    for name, value in answer.items():
        if isinstance(value, dict):
            lines += [f"{indent}{name}:", as_text(value, indent + "  ")]
        elif isinstance(value, list | tuple):
            lines.append(f"{indent}{name}: {len(value)}")
            for item in value:
                shown = ", ".join(f"{k} {v}" for k, v in item.items()) if isinstance(item, dict) else str(item)
                lines.append(f"{indent}  - {shown}")
        else:
            lines.append(f"{indent}{name}: {value}")
    return "\n".join(line for line in lines if line)


def set_up() -> None:
    """Start Django; a command that needs it may call this as often as it likes."""
    from django.apps import apps

    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guatu.config.settings")
        import django

        django.setup()


def set_up_bare() -> None:
    """What a pure command needs of Django: sentences in the language they were written in, and no settings of ours."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)


def _commands_of(package: str) -> Callable[[Any], None] | None:
    """A package's `add_commands`. A `cli.py` that imports models at its head needs Django to have started."""
    name = f"guatu.{package}.cli"
    if find_spec(name) is None:
        return None
    try:
        module = import_module(name)
    except Exception as fault:
        if type(fault).__name__ not in ("AppRegistryNotReady", "ImproperlyConfigured"):
            raise
        set_up()
        module = import_module(name)
    add: Callable[[Any], None] = module.add_commands
    return add


def _leaves(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    nested = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not nested:
        yield parser
    for action in nested:
        for child in action.choices.values():
            yield from _leaves(child)


def build_parser(packages: Sequence[str] = PACKAGES) -> argparse.ArgumentParser:
    """The whole command line, or only some packages' part of it."""
    from guatu.config import cli

    parser = Parser(prog="guatu", description="挂图: delivers a district's annual list of key construction projects.")
    parser.set_defaults(run=None)
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=Parser)
    cli.add_commands(subparsers)
    for package in packages:
        add = _commands_of(package)
        if add is not None:
            add(subparsers)
    for leaf in _leaves(parser):
        if leaf is not parser and "--json" not in leaf._option_string_actions:
            leaf.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _carry_out(args: argparse.Namespace) -> tuple[Answer, int]:
    if getattr(args, "needs_django", True):
        set_up()
    from guatu.core.refusals import Refusal

    try:
        answer: Answer = args.run(args)
    except Refusal as refusal:
        return error_of(refusal.code, str(refusal), refusal.items), 1
    decide = getattr(args, "exit_code", None)
    return answer, decide(answer) if decide is not None else 0


def _say(args: argparse.Namespace, answer: Answer) -> None:
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # half a character of somebody's file: in JSON its escape
    if getattr(args, "json", False):
        sys.stdout.write(as_json(answer) + "\n")
        return
    if set(answer) == {"error"}:
        sys.stderr.write(answer["error"]["message"] + "\n")
        for item in answer["error"]["items"]:
            sys.stderr.write("  - " + ", ".join(f"{name} {value}" for name, value in item.items()) + "\n")
        return
    words = getattr(args, "text", None)
    text = words(answer) if words is not None else as_text(answer)
    if text:
        sys.stdout.write(text.rstrip("\n") + "\n")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    pure = PURE.get(words[0]) if words else None
    if pure is not None:
        set_up_bare()
    parser = build_parser(PACKAGES if pure is None else (pure,))
    args = parser.parse_args(words)
    if args.run is None:
        parser.print_help(sys.stderr)
        return 2
    answer, code = _carry_out(args)
    _say(args, answer)
    return code


if __name__ == "__main__":
    sys.exit(main())
