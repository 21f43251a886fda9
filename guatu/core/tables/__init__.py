"""The table engine: one declaration of a list → a page with sort, filter, totals and paging, CSV, and xlsx.

    PROJECTS = Table(
        "library.projects",
        _("项目"),
        (
            Column("name", _("项目名称"), filter="text", link=True),
            Column("planned", _("年度计划投资"), money(MoneyUnit.WAN), field="planned_investment", total="sum"),
        ),
        default_sort="-planned",
        link=RowLink("public_id", "library:project"),
    )
    return PROJECTS.respond(request, visible_to(actor), template="library/projects.html")

The rows come from the caller, already within policy; the engine filters, sorts and cuts them and queries nothing else.
The state is entirely in the address: `sort=-planned,name`, `f.kind=new`, `from.planned=1亿`, `columns=name,planned`,
`group=kind` (with `fold`, `unfold`, `more`), `density=dense`, `chosen=ID,ID`, `page=2`, `size=100`.
"""

from guatu.core.tables.columns import Column, PickAction, ReadyView, RowLink, share_of
from guatu.core.tables.formats import (
    DATE,
    INTEGER,
    LIGHT,
    LONG,
    MINUTE,
    MOMENT,
    PERCENT,
    POINTS,
    SPARK,
    TEXT,
    Format,
    choice,
    money,
    percent,
    points,
)
from guatu.core.tables.table import Table, TableView

__all__ = [
    "DATE",
    "INTEGER",
    "LIGHT",
    "LONG",
    "MINUTE",
    "MOMENT",
    "PERCENT",
    "POINTS",
    "SPARK",
    "TEXT",
    "Column",
    "Format",
    "PickAction",
    "ReadyView",
    "RowLink",
    "Table",
    "TableView",
    "choice",
    "money",
    "percent",
    "points",
    "share_of",
]
