"""The installation's own commands: serve, migrate, init, settings, commands, check, backup, trail verify, version."""

import argparse
from typing import Any

Answer = dict[str, Any]


def add_commands(subparsers: Any) -> None:
    """Add them; whatever they need is imported when they run."""
    _add_running(subparsers)
    _add_looking(subparsers)


def _add_running(subparsers: Any) -> None:
    serve = subparsers.add_parser("serve", help="serve pages and run jobs until stopped (SIGTERM or Ctrl-C)")
    serve.set_defaults(run=_serve, text=lambda answer: "")
    migrate = subparsers.add_parser("migrate", help="bring database, cache table and static files to this version")
    migrate.set_defaults(run=_migrate)
    init = subparsers.add_parser(
        "init", help="set up an installation: empty, the demonstration district, or a scenario"
    )
    kind = init.add_mutually_exclusive_group()
    kind.add_argument("--demo", action="store_true", help="with the demonstration district, ending today")
    kind.add_argument("--scenario", metavar="NAME", help="with one founding scenario (guatu scenario list)")
    init.add_argument("--region", metavar="CODE", default="", help="GB/T 2260 code of an empty installation's region")
    init.add_argument("--name", default="", help="the region's name")
    init.add_argument("--seed", type=int, default=1, help="seed of the demonstration district (default 1)")
    init.add_argument("--once", action="store_true", help="do nothing when the installation exists already")
    init.set_defaults(run=_init, text=_init_text)
    backup = subparsers.add_parser("backup", help="write database and data folder to one file, while running")
    backup.add_argument("file", metavar="FILE", help="a zip file that does not exist yet")
    backup.set_defaults(run=_backup)


def _add_looking(subparsers: Any) -> None:
    settings = subparsers.add_parser("settings", help="list the settings of the environment with their values")
    settings.add_argument("--markdown", action="store_true", help="print docs/operate/settings.md")
    settings.set_defaults(run=_settings, text=lambda answer: answer["text"], needs_django=False)
    commands = subparsers.add_parser("commands", help="list the commands")
    commands.add_argument("--markdown", action="store_true", help="print docs/operate/commands.md")
    commands.set_defaults(run=_commands, text=lambda answer: answer["text"])
    check = subparsers.add_parser("check", help="check settings, database, data folder and trail")
    check.set_defaults(run=_check, exit_code=lambda answer: 0 if answer["sound"] else 1)
    trail = subparsers.add_parser("trail", help="the record of everything that was done")
    parts = trail.add_subparsers(title="commands", metavar="COMMAND", required=True)
    verify = parts.add_parser("verify", help="read the whole chain and say the first entry that is not as it was")
    verify.set_defaults(run=_verify, exit_code=lambda answer: 0 if answer["valid"] else 1)
    version = subparsers.add_parser("version", help="print the version")
    version.set_defaults(run=_version, needs_django=False, text=lambda answer: f"guatu {answer['version']}")


def _serve(args: argparse.Namespace) -> Answer:
    from guatu.config import installation, serve

    installation.require_migrated()
    return {"stopped": serve.run()}


def _migrate(args: argparse.Namespace) -> Answer:
    from guatu.config import installation

    return installation.migrate()


def _init(args: argparse.Namespace) -> Answer:
    from guatu.config import installation

    return installation.found(
        demo=args.demo,
        seed=args.seed,
        once=args.once,
        region=args.region,
        name=args.name,
        scenario=args.scenario or "",
    )


def _init_text(answer: Answer) -> str:
    if not answer["created"]:
        return ""
    if not answer["logins"]:
        return "An empty installation. Give it a region and its first person: guatu init --region CODE --name NAME"
    lines = ["Log-ins (written down nowhere else: keep them):"] if answer["kind"] == "empty" else ["Log-ins:"]
    lines += [f"  {row['username']:<16} {row['password']:<18} {row['post']}" for row in answer["logins"]]
    if answer["kind"] == "scenario":
        lines.append(f"To stand on the article's date: GUATU_TODAY={answer['as_of']} guatu serve")
    return "\n".join(lines)


def _settings(args: argparse.Namespace) -> Answer:
    from guatu.config import settings_page

    text = settings_page.markdown() if args.markdown else settings_page.table()
    return {"settings": settings_page.rows(), "text": text}


def _commands(args: argparse.Namespace) -> Answer:
    from guatu.config import commands_page, main

    parser = main.build_parser()
    found = [{"name": name, "help": said} for name, said, _ in commands_page.commands(parser)]
    text = (
        commands_page.markdown(parser) if args.markdown else "\n".join(f"{row['name']}\t{row['help']}" for row in found)
    )
    return {"commands": found, "text": text}


def _check(args: argparse.Namespace) -> Answer:
    from guatu.config import installation

    return installation.check()


def _backup(args: argparse.Namespace) -> Answer:
    from pathlib import Path

    from guatu.config import backup

    return backup.write(Path(args.file))


def _verify(args: argparse.Namespace) -> Answer:
    from guatu.core import trail

    return trail.verify().as_json()


def _version(args: argparse.Namespace) -> Answer:
    from importlib.metadata import version

    return {"version": version("guatu")}
