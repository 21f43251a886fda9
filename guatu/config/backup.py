"""One file with everything of an installation, written while it runs.

The order makes it whole: first the head file (its heads must all be in the database), then the database, then the files
(a file is on disk before the row that names it).
"""

import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

import guatu.config.messages  # noqa: F401  declares the sentences of this module's refusals
from guatu.core import clock, trail
from guatu.core.refusals import Refusal

DATABASE = "guatu.sqlite3"
LEFT_OUT = ("static", DATABASE, DATABASE + "-wal", DATABASE + "-shm")


def _copy_database(path: Path) -> None:
    """SQLite's own online copy; then its check of every page."""
    source = sqlite3.connect(f"file:{settings.DATABASES['default']['NAME']}?mode=ro", uri=True)
    target = sqlite3.connect(path)
    try:
        source.backup(target, pages=2000, sleep=0.01)
        said = target.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        target.close()
        source.close()
    if said != "ok":
        raise Refusal("config.backup_damaged", why=said)


def _other_files(folder: Path, heads: Path) -> list[Path]:
    found = [path for path in sorted(folder.rglob("*")) if path.is_file() and path != heads]
    return [path for path in found if path.relative_to(folder).parts[0] not in LEFT_OUT]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(target: Path) -> dict[str, Any]:
    """Write the backup; the file appears under its name only when it is complete."""
    folder = Path(settings.DATA_DIR)
    if connection.vendor != "sqlite":
        raise Refusal("config.backup_postgres", folder=folder)
    if target.exists():
        raise Refusal("config.backup_exists", name=target)
    if not target.resolve().parent.is_dir():
        raise Refusal("config.backup_folder", name=target.resolve().parent)
    heads = trail.head_file()
    with tempfile.TemporaryDirectory(prefix=".guatu-backup-", dir=target.resolve().parent) as room:
        kept_heads, copy, part = Path(room) / "heads", Path(room) / DATABASE, Path(room) / "backup.zip"
        kept_heads.write_bytes(heads.read_bytes() if heads.exists() else b"")
        _copy_database(copy)
        members = {DATABASE: copy, heads.name: kept_heads}
        members |= {str(path.relative_to(folder)): path for path in _other_files(folder, heads)}
        sums = {name: _digest(path) for name, path in members.items()}
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, path in members.items():
                archive.write(path, name)
            archive.writestr("SHA256SUMS", "".join(f"{value}  {name}\n" for name, value in sums.items()))
            archive.writestr("backup.json", json.dumps({"made_at": clock.now().isoformat(), "files": len(sums)}))
        with part.open("rb") as written:
            os.fsync(written.fileno())
        os.link(part, target)  # never over a file that appeared meanwhile
    target.chmod(0o600)  # it holds the secret key
    return {"file": str(target), "files": len(members), "bytes": target.stat().st_size}
