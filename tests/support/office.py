"""LibreOffice, which saves workbooks otherwise than we write them, and a hand that edits in it."""

import html
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

SPREADSHEETS = "libsclo.so"
"""LibreOffice without its spreadsheets opens no workbook."""
MISSING = (
    "LibreOffice is missing, so the office tests were left out. "
    "Debian: apt-get install -y --no-install-recommends libreoffice-calc"
)
FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8"}


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
    _run(program, home, "--convert-to", kind, "--outdir", str(folder), *map(str, paths))
    return [folder / f"{path.stem}.{ending}" for path in paths]


def _run(program: str, home: Path, *words: str) -> None:
    """LibreOffice without a window, with a profile of its own in `home`."""
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    subprocess.run(
        [program, profile, "--headless", "--norestore", *words], check=True, capture_output=True, timeout=300
    )


# -- a hand in LibreOffice: what a person does there, as a macro of the profile ----------------------------------------
MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{}
</script:module>"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" \
library:passwordprotected="false"><library:element library:name="Module1"/></library:library>"""
LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" \
library:link="false"/></library:libraries>"""
HAND = """
Dim doc, sheet
Sub Typed(place As String, said As String)
  sheet.getCellRangeByName(place).FormulaLocal = said
End Sub
Sub Remark(place As String, said As String)
  sheet.Annotations.insertNew(sheet.getCellRangeByName(place).CellAddress, said)
End Sub
Sub SortedDown(area As String, field As Integer)
  Dim fields(0) As New com.sun.star.table.TableSortField
  fields(0).Field = field : fields(0).IsAscending = False
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "SortFields" : how(0).Value = fields()
  how(1).Name = "ContainsHeader" : how(1).Value = False
  sheet.getCellRangeByName(area).sort(how())
End Sub
Sub Main(source As String, target As String, filter As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  doc = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
  sheet = doc.Sheets.getByIndex(0)
  {steps}
  Dim saved(0) As New com.sun.star.beans.PropertyValue
  saved(0).Name = "FilterName" : saved(0).Value = filter
  doc.storeToURL(ConvertToURL(target), saved())
  doc.close(True)
End Sub"""


def edited_in_it(path: Path, target: Path, steps: Sequence[str], home: Path) -> Path:
    """The file `path` opened in LibreOffice, the steps done (lines of Basic with `doc`, `sheet` and the subs of HAND),
    and saved as `target`, in the format of its ending.
    """
    program = calc()
    assert program is not None
    folder = home / "profile" / "user" / "basic"
    if not folder.exists():
        _run(program, home, "--terminate_after_init")
    (folder / "Standard").mkdir(parents=True, exist_ok=True)
    (folder / "script.xlc").write_text(LIBRARIES, encoding="utf-8")
    (folder / "Standard" / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    module = MACRO.format(html.escape(HAND.replace("{steps}", "\n  ".join(steps))))
    (folder / "Standard" / "Module1.xba").write_text(module, encoding="utf-8")
    _run(program, home, f"macro:///Standard.Module1.Main({path},{target},{FILTERS[target.suffix[1:]]})")
    assert target.exists(), "LibreOffice did not finish the steps"
    return target
