"""The layouts that come with the product: files beside this one, each to be checked against the year's own form."""

from functools import cache
from pathlib import Path

from guatu.reporting.layouts.schema import Layout, read_file

ORDER = ("statistics_206", "national_projects", "provincial_month", "special_bond_month")


@cache
def ready_layouts() -> dict[str, Layout]:
    """The ready layouts by code, in the order in which pages list them."""
    folder = Path(__file__).parent
    return {code: read_file((folder / f"{code}.json").read_bytes()) for code in ORDER}
