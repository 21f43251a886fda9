"""XER files written for one test each."""

from collections.abc import Sequence

WEEK = (
    "(0||CalendarData()((0||DaysOfWeek()((0||1()())"
    + "".join(f"(0||{day}()((0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())))" for day in range(2, 7))
    + "(0||7()())))(0||Exceptions()({exceptions}))))"
)


def calendar_data(*exceptions: str) -> str:
    return WEEK.format(exceptions="".join(exceptions))


def table(name: str, fields: str, *rows: Sequence[object]) -> str:
    lines = [f"%T\t{name}", "%F\t" + "\t".join(fields.split())]
    return "\r\n".join([*lines, *("%R\t" + "\t".join(map(str, row)) for row in rows)]) + "\r\n"


PROJECT = table(
    "PROJECT",
    "proj_id proj_short_name clndr_id plan_end_date export_flag",
    (10, "XG", 1, "2019-12-31 17:00", "Y"),
)
CALENDAR = table(
    "CALENDAR",
    "clndr_id clndr_name day_hr_cnt base_clndr_id clndr_data",
    (1, "标准", 8, "", calendar_data("(0||0(d|43739)())", "(0||1(d|43743)((0||0(s|08:00|f|12:00)())))")),
)
WBS = table(
    "PROJWBS",
    "wbs_id proj_id proj_node_flag parent_wbs_id wbs_name seq_num",
    (100, 10, "Y", "", "西工小街改造", 1),
    (102, 10, "N", 100, "施工", 2),
    (101, 10, "N", 100, "前期", 1),
    (103, 10, "N", 100, "空组", 3),
)
TASK_FIELDS = (
    "task_id proj_id wbs_id clndr_id task_name task_type status_code complete_pct_type phys_complete_pct "
    "target_drtn_hr_cnt remain_drtn_hr_cnt target_start_date target_end_date act_start_date act_end_date "
    "cstr_type cstr_date cstr_type2 cstr_date2"
)
TASKS = table(
    "TASK",
    TASK_FIELDS,
    (2, 10, 102, 1, "改造施工", "TT_Task", "TK_Active", "CP_Drtn", 0, 320, 240, "2019-10-08 08:00", "2019-12-02 17:00",
     "2019-10-09 08:00", "", "CS_MSOA", "2019-10-01 00:00", "CS_MEOB", "2019-12-31 00:00"),
    (1, 10, 101, 1, "设计", "TT_Task", "TK_Complete", "CP_Phys", 40, 84, 0, "2019-05-06 08:00", "2019-06-01 00:00",
     "2019-05-06 08:00", "2019-06-30 17:00", "CS_MEO", "2019-06-30 17:00", "", ""),
    (3, 10, 102, 1, "验收", "TT_FinMile", "TK_NotStart", "CP_Phys", 0, 0, 0, "", "2019-12-31 17:00", "", "", "", "",
     "", ""),
)  # fmt: skip
LINKS = table(
    "TASKPRED",
    "task_pred_id task_id pred_task_id proj_id pred_proj_id pred_type lag_hr_cnt",
    (1, 2, 1, 10, 10, "PR_FS", 40),
    (2, 3, 2, 10, 10, "PR_FF", -12),
    (3, 3, 900, 10, 11, "PR_FS", 0),
)


def xer(*tables: str, end: str = "%E\r\n", encoding: str = "gbk") -> bytes:
    return ("ERMHDR\t8.4\t2019-05-01\tProject\r\n" + "".join(tables) + end).encode(encoding)


WHOLE = (PROJECT, CALENDAR, WBS, TASKS, LINKS)
