"""Prints, as JSON, what an installation holds of each year's list on its first day: number, name, code and amount.

python -m tests.trials.standing
"""

import json
import sys
from datetime import date
from typing import Any

from guatu.config.main import set_up


def lists() -> dict[str, list[dict[str, Any]]]:
    """By year: the entries in the list's order, with the total investment of each project in force that day."""
    from guatu.library.models import AnnualList
    from guatu.library.queries.lists import entries_as_of
    from guatu.library.queries.projects import profiles_as_of

    found = {}
    for annual_list in AnnualList.objects.order_by("year"):
        day = date(annual_list.year, 1, 1)
        entries = entries_as_of(annual_list, day)
        profiles = profiles_as_of(list(entries), day)
        found[str(annual_list.year)] = [
            {
                "number": entry.number,
                "name": entry.project.name,
                "code": entry.project.code,
                "finish": str(entry.planned_finish or ""),
                "remark": entry.project.remark,
                "amount": profiles[key].total_investment if key in profiles else None,
            }
            for key, entry in entries.items()
        ]
    return found


if __name__ == "__main__":
    set_up()
    sys.stdout.write(json.dumps(lists(), ensure_ascii=False))
