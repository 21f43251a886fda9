"""LibreOffice, which saves workbooks otherwise than we write them; only the slow trials ask for it."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

SPREADSHEETS = "libsclo.so"
"""LibreOffice without its spreadsheets opens no workbook."""


def calc() -> str | None:
    """The program's path (GUATU_SOFFICE, else the one installed), None where it cannot open workbooks."""
    found = shutil.which(os.environ.get("GUATU_SOFFICE", "") or "soffice")
    return found if found and (Path(found).resolve().parent / SPREADSHEETS).exists() else None


def saved_again(paths: Sequence[Path], ending: str, home: Path) -> list[Path]:
    """The files as LibreOffice saves them as `ending`, in a folder of `home`."""
    program = calc()
    assert program is not None
    folder = home / f"as-{ending}"
    kind = "csv:Text - txt - csv (StarCalc):44,34,76" if ending == "csv" else ending
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    words = [program, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), *map(str, paths)]
    subprocess.run(words, check=True, capture_output=True, timeout=300)
    return [folder / f"{path.stem}.{ending}" for path in paths]
