"""A fresh installation in a folder and a database of its own, used through the command line as an office would."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from guatu.config import env

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True)
class Answered:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object that --json prints."""
        found: dict[str, Any] = json.loads(self.out)
        return found


@dataclass(frozen=True, slots=True)
class Installation:
    """Its data folder and the environment in which its commands run."""

    folder: Path
    environment: dict[str, str]

    def command(self, *words: str) -> list[str]:
        """The command line of `guatu …`."""
        return [sys.executable, "-m", "guatu.config.main", *words]

    def run(self, *words: str, **more: str) -> Answered:
        """Run `guatu …` to its end."""
        done = subprocess.run(
            self.command(*words),
            env={**self.environment, **more},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=600,
        )
        return Answered(done.returncode, done.stdout, done.stderr)

    def start(self, module: str, *words: str) -> "subprocess.Popen[str]":
        """Start a Python module beside the tests, with its output to read."""
        return subprocess.Popen(
            [sys.executable, "-m", module, *words],
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


@contextlib.contextmanager
def _database() -> Iterator[str]:
    """The address of an empty database: none for SQLite, a new one on the run's PostgreSQL."""
    if not env.DATABASE_URL:
        yield ""
        return
    import psycopg

    name = f"guatu_{uuid4().hex}"
    with psycopg.connect(env.DATABASE_URL, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    try:
        yield env.DATABASE_URL.rsplit("/", 1)[0] + "/" + name
    finally:
        with psycopg.connect(env.DATABASE_URL, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


_earlier: list[Path] = []


def _take_static_files(folder: Path) -> None:
    """Compressing them takes seconds and they are the same every time: take those of an earlier installation."""
    for made in _earlier:
        if (made / "static" / ".made-from").exists():
            shutil.copytree(made / "static", folder / "static", dirs_exist_ok=True)
            return


@contextlib.contextmanager
def fresh(folder: Path, **settings: str) -> Iterator[Installation]:
    """An installation that nothing has been done to yet."""
    _take_static_files(folder)
    _earlier.append(folder)
    with _database() as url:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GUATU_")},
            "GUATU_DATA_DIR": str(folder),
            "GUATU_DATABASE_URL": url,
            "GUATU_LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "guatu.config.settings",
            **settings,
        }
        yield Installation(folder, environment)
