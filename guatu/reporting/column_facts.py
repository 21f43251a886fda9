"""What the page of an import says of each column of a file: its values, what else it may be, how sure that is."""

from typing import Any

from guatu.core.sheets.result import Column, SheetReading

SURE = 0.9  # what was understood with less is shown as doubtful
SAMPLES, LONGEST = 3, 60  # values a column, characters a value


def column_facts(reading: SheetReading) -> list[dict[str, Any]]:
    """One entry a column, in the order of the answer's columns."""
    return [_facts(column) for column in reading.columns]


def _facts(column: Column) -> dict[str, Any]:
    return {
        "sure": column.confidence >= SURE,
        "unit": column.unit.value if column.unit else "",
        "alternatives": list(column.alternatives),
        "samples": [text[:LONGEST] for text in column.samples[:SAMPLES]],
    }
