"""Guards on what is committed and built: no link, no registry host, no outside address in a lock or a bundle."""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# In pieces, so that this file does not match itself.
PIECES = (("py", r"pi\.org"), ("python", r"hosted\.org"), ("npm", r"js\.(?:org|com)"))
HOSTS = re.compile("|".join(first + second for first, second in PIECES))
INDEX = re.compile(r"://|--index|--extra-index|--find-links|--trusted-host")
ADDRESS = re.compile(r"(?:https?:)?//(?!www\.w3\.org\b)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[a-z]{2,}\b")
IN_STYLE = re.compile(r"url\(\s*[\"']?(?:https?:)?//|@import\s+[\"'](?:https?:)?//")
# Text in which an address may stand: the licence's own text, and prose that names a standard.
FREE = {"LICENSE"}
BINARY = {".png", ".jpg", ".ico", ".woff2", ".ttf", ".xlsx", ".xls", ".docx", ".pdf", ".mo", ".zip", ".csv"}


def _tracked() -> list[Path]:
    named = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in named.split("\0") if name and (ROOT / name).is_file()]


def _lines(path: Path, pattern: re.Pattern[str]) -> list[str]:
    text = path.read_text(encoding="utf-8", errors="replace")
    where = path.relative_to(ROOT)
    return [f"{where}:{n}: {line.strip()[:100]}" for n, line in enumerate(text.splitlines(), 1) if pattern.search(line)]


def links() -> list[str]:
    """No link is committed: where it leads is a path of the machine on which it was made."""
    told = subprocess.run(["git", "ls-files", "-s"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [f"{line.partition(chr(9))[2]} is a link" for line in told.splitlines() if line.startswith("120000")]


def python_locks() -> list[str]:
    """requirements*.txt name packages and hashes only; every package has a hash."""
    found: list[str] = []
    locks = sorted(ROOT.glob("requirements*.txt"))
    for lock in locks:
        found += _lines(lock, INDEX)
        text = lock.read_text()
        found += [f"{lock.name}: {name} has no hash" for name in re.findall(r"^(\S+==\S+)(?: ;[^\\\n]*)?$", text, re.M)]
    return found if locks else ["no requirements*.txt was found"]


def node_lock() -> list[str]:
    """package-lock.json has integrity sums and no resolved addresses; npm is told to keep it so."""
    path = ROOT / "assets" / "package-lock.json"
    packages = json.loads(path.read_text())["packages"]
    found = [f"{path.name}: {name} has a resolved address" for name, row in packages.items() if "resolved" in row]
    found += [
        f"{path.name}: {name} has no integrity sum" for name, row in packages.items() if name and "integrity" not in row
    ]
    if "omit-lockfile-registry-resolved=true" not in (ROOT / "assets" / ".npmrc").read_text():
        found.append("assets/.npmrc does not leave resolved addresses out")
    return found if len(packages) > 1 else ["package-lock.json names no package"]


def registry_hosts() -> list[str]:
    """No file names a registry."""
    found: list[str] = []
    for path in _tracked():
        if path.suffix not in BINARY and path.name not in FREE:
            found += _lines(path, HOSTS)
    return found


def bundles() -> list[str]:
    """What the browser loads names no outside address."""
    folder = ROOT / "guatu" / "core" / "static" / "guatu"
    built = [path for path in (folder / "dist").glob("*") if path.suffix in (".js", ".css")]
    found: list[str] = []
    for path in [*built, *folder.glob("*.css"), *folder.glob("*.js")]:
        text = path.read_text(encoding="utf-8")
        hits = IN_STYLE.findall(text) if path.suffix == ".css" else re.findall(r"https?:" + ADDRESS.pattern[12:], text)
        found += [f"{path.name} names an outside address: {hit}" for hit in hits]
    return found if built else [f"nothing is built in {folder.relative_to(ROOT)}/dist: run make setup"]


def main() -> int:
    """Print every fault; 1 when there is one."""
    faults = [fault for guard in (links, python_locks, node_lock, registry_hosts, bundles) for fault in guard()]
    sys.stdout.write(
        "".join(f"guard: {fault}\n" for fault in faults) or "guards: locks and bundles name no outside host\n"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
