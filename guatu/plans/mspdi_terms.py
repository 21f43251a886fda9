"""MS Project's XML (MSPDI): the numbers and words that reading and writing share.

What MSPDI has no element for goes into the text fields of a task under a Chinese heading, where Project shows it.
"""

from typing import Final

from guatu.plans.plan_file import LinkKind

NAMESPACE: Final = "http://schemas.microsoft.com/project"
LINK_TYPES: Final[dict[str, LinkKind]] = {"0": "FF", "1": "FS", "2": "SF", "3": "SS"}
MINUTES_A_DAY: Final = 480  # of work, where the file says nothing; written to every file
ELAPSED_DAY: Final = 1440
DAYS, ELAPSED_DAYS = "7", "8"  # DurationFormat and LagFormat
ELAPSED: Final = frozenset({"4", "6", "8", "10", "12", "36", "38", "40", "42", "44"})
"""Formats that count all hours of the calendar: minutes to months, and the same marked "estimated"."""
PERCENTS: Final = frozenset({"19", "20", "51", "52"})
"""Formats of a lag that is a share of the predecessor's duration; the even ones count all hours."""
MUST_START, MUST_FINISH, START_NO_EARLIER, FINISH_NO_LATER = "2", "3", "4", "7"
CONSTRAINTS: Final = {
    MUST_START: "must_start",
    MUST_FINISH: "must_finish",
    START_NO_EARLIER: "start_no_earlier",
    FINISH_NO_LATER: "finish_no_later",
}
FREE: Final = frozenset({"", "0"})  # as soon as possible
AS_LATE: Final = "1"  # as late as possible: how a plan that is worked back from its end is kept

ID, BASELINE_NAMES, LOOSE = "id", "baseline_names", "loose"
HEADINGS: Final = {
    "owner": "责任单位",
    "evidence": "佐证材料",
    "measure": "计量单位",
    "total": "总量",
    "done": "已完成数量",
    "weight": "权重（%）",
    "start_no_earlier": "不早于",
    "must_start": "必须开始于",
    "must_finish": "必须完成于",
    ID: "挂图节点编号",
    BASELINE_NAMES: "原计划名称",
    LOOSE: "管理性前置",
}
"""The heading (MSPDI's Alias) under which each of our values stands in a task's text fields."""
FIELD_IDS: Final = dict(
    zip(
        HEADINGS,
        (188743731, 188743734, 188743737, 188743740, 188743743, *range(188743746, 188743751), 188743997, 188743998),
        strict=True,
    )
)
"""Project's own numbers of Text1 … Text12; read back by their headings, so files of other numbers are read as well."""
