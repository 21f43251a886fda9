"""Founding, upgrading and checking an installation."""

import hashlib
import io
import os
import secrets
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core import checks
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext

import guatu.config.messages  # noqa: F401  declares the sentences of this module's refusals
from guatu.core import clock, trail
from guatu.core.actor import OPERATOR
from guatu.core.refusals import Refusal


def pending() -> list[str]:
    """Migrations that the database has not had yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def require_migrated() -> None:
    """Refuse to serve on an older database."""
    waiting = pending()
    if waiting:
        raise Refusal("config.not_migrated", count=len(waiting))


def migrate() -> dict[str, Any]:
    """Database, cache table and static files, as this version needs them. Safe to run again."""
    waiting = pending()
    quiet = io.StringIO()
    call_command("migrate", interactive=False, verbosity=0, stdout=quiet)
    call_command("createcachetable", verbosity=0, stdout=quiet)
    return {"migrations": waiting, "static_files": collect_static()}


def _static_digest() -> str:
    hasher = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = os.stat(storage.path(name))
            hasher.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return hasher.hexdigest()


def collect_static() -> bool:
    """Collect and compress the static files; False when they are there already. Compressing takes ten seconds."""
    mark = Path(settings.STATIC_ROOT) / ".made-from"
    digest = _static_digest()
    if mark.exists() and mark.read_text() == digest:
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=True, stdout=io.StringIO())
    mark.write_text(digest)
    return True


def founded() -> bool:
    """Whether somebody can sign in already."""
    return get_user_model()._default_manager.exists()


def found(*, demo: bool, seed: int, once: bool, region: str = "", name: str = "", scenario: str = "") -> dict[str, Any]:
    """Set up an installation: empty, with the demonstration district, or with a founding scenario.

    An empty one has its region, its project office, the office's posts and three persons; without a region it has
    nobody yet, and regions come with the first import. `logins` are rows of username, password and post; those of an
    empty installation are shown this once only.
    """
    if scenario:
        import_module("guatu.demo.scenarios").find(scenario)  # an unknown name is refused before anything is made
    if region and not name:
        raise Refusal("config.region_unnamed", region=region)
    waiting = migrate()["migrations"]
    if founded():
        if once:
            return {"created": False}
        raise Refusal("config.founded_already")
    if demo:
        return _found_demo(seed)
    if scenario:
        return _found_scenario(scenario)
    logins = _first_people(region, name) if region else []
    return {"created": bool(waiting or logins), "kind": "empty", "logins": logins}


def _first_people(region: str, name: str) -> list[dict[str, str]]:
    """The first log-ins: accounts, appointments and the project office are three persons' (core duties never meet)."""
    actions = import_module("guatu.people.actions")
    posts = {
        "admin": ("system_admin", gettext("系统管理员")),
        "security": ("security_admin", gettext("安全管理员")),
        "office": ("office_head", gettext("项目办主任")),
    }
    passwords = {username: secrets.token_urlsafe(12) for username in posts}
    people = [
        actions.Founder(username=username, name=words, password=passwords[username], post=kind)
        for username, (kind, words) in posts.items()
    ]
    actions.found_installation(actor=OPERATOR, code=region, name=name, people=people)
    return [{"username": key, "password": passwords[key], "post": words} for key, (_kind, words) in posts.items()]


def _found_demo(seed: int) -> dict[str, Any]:
    built = import_module("guatu.demo.build").build(seed, clock.today())
    return {"created": True, "kind": "demo", **built}


def _found_scenario(name: str) -> dict[str, Any]:
    loaded = import_module("guatu.demo.scenarios.build").load(name)
    day = import_module("guatu.demo.scenarios").find(name).as_of
    return {"created": True, "kind": "scenario", "as_of": day, **loaded}


def demonstration_logins() -> list[dict[str, str]]:
    """The log-ins of the demonstration district; none on a real installation."""
    return [dict(login) for login in import_module("guatu.demo.build").kept_logins()]


def check() -> dict[str, Any]:
    """Django's own checks, migrations, the data folder and the trail: each fault as a sentence."""
    faults = [str(message) for message in checks.run_checks() if message.level >= checks.WARNING]
    faults += [f"migration {name} has not run: guatu migrate" for name in pending()]
    if not os.access(settings.DATA_DIR, os.W_OK):
        faults.append(f"the data folder {settings.DATA_DIR} cannot be written")
    if not any("has not run" in fault for fault in faults):
        verdict = trail.verify()
        if not verdict.valid:
            faults.append(f"the trail is not whole from entry {verdict.first_bad} on ({verdict.why})")
    return {"sound": not faults, "faults": faults}
