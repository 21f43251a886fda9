"""Reads the worked examples out of docs/algorithms: the tables there are the tests."""

from pathlib import Path

PAGES = Path(__file__).resolve().parents[2] / "docs" / "algorithms"
EMPTY = "—"


def _cells(line: str) -> list[str]:
    cells = [cell.strip().replace("&#124;", "|") for cell in line.strip().strip("|").split("|")]
    return [cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == "`" else cell for cell in cells]


def worked(page: str, heading: str) -> list[dict[str, str]]:
    """The first table below ``### heading`` of a page, one dict a row; an empty or missing table is an error."""
    lines = (PAGES / f"{page}.md").read_text(encoding="utf-8").splitlines()
    start = lines.index(f"### {heading}")
    table: list[str] = []
    for line in lines[start + 1 :]:
        if line.startswith("|"):
            table.append(line)
        elif table or line.startswith("#"):
            break
    head, rows = _cells(table[0]), [_cells(line) for line in table[2:]]
    assert rows, f"{page}.md has no worked example under {heading}"
    for row in rows:
        assert len(row) == len(head), f"{page}.md, {heading}: {row}"
    return [dict(zip(head, row, strict=True)) for row in rows]


def row_name(row: dict[str, str]) -> str:
    return next(iter(row.values())) or "blank"
