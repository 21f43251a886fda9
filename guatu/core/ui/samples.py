"""What the component page shows: invented rows in every state. Nothing here is read from the database."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator

from guatu.core.form_words import Form
from guatu.core.inputs import AmountField, DayField
from guatu.core.ui.charts import Chart, Series
from guatu.core.ui.ruler import Ruler
from guatu.domain.money import MoneyUnit

WAN, YI = MoneyUnit.WAN.factor, MoneyUnit.YI.factor
CHOSEN = date(2021, 3, 26)
LONG = (
    "超长名称示范片区综合交通枢纽及配套基础设施建设与既有城区更新改造提升工程第一阶段一标段征迁安置房及地下综合管廊"
    "与海绵城市附属设施配套道路绿化亮化示范项目（甲地）"
)
MONTHS = [f"{number}月" for number in range(1, 13)]


class SampleForm(Form):
    """Fields in their states: plain, wrong, chosen from many, read-only, long text; days, amounts."""

    name = forms.CharField(label="项目名称", help_text="按立项批复填写")
    code = forms.CharField(label="统一社会信用代码")
    unit = forms.ChoiceField(label="责任单位", choices=[("1", "区住建局"), ("2", "区交通局"), ("3", "区商务局")])
    month = forms.CharField(label="数据锁定月份（只读）", disabled=True, required=False, initial="2021年2月")
    amount = AmountField(label="金额")
    wrong = AmountField(label="金额（读不懂）")
    bare = AmountField(label="金额（未写单位）")
    due = DayField(label="日期")
    late = DayField(label="日期（没有这一天）")
    span = DayField(label="日期（写的是一段时间）")
    words = forms.CharField(label="本周做了什么", widget=forms.Textarea(attrs={"rows": 3}))

    def clean_code(self) -> str:
        """Always refused: this is the state that the page is to show."""
        raise forms.ValidationError("校验码应为 T，末位填成了 X。已照原样保留，请核对营业执照。")


def _form() -> SampleForm:
    form = SampleForm(
        {"name": "青桐路快速化改造", "code": "91410303MA40ABCD1X", "unit": "1", "due": "下周五", "late": "2021.2.29"}
        | {"amount": "1.2亿", "wrong": "1.2.3亿", "bare": "12000", "span": "2021/4"}
        | {"words": "6 号墩桩基完成 4 根，2 号墩因征迁未进场。"}
    )
    form.fields["unit"].widget.attrs["data-search"] = True
    form.full_clean()
    return form


def _rows() -> list[dict[str, Any]]:
    plan = [2, 3, 5, 9, 11, 10, 9, 8, 7, 6, 5, 4]
    names = ("青桐路快速化改造（一期）", "望岳片区城中村改造", "长宁冷链物流园", "春熙街区有机更新", "望岳背街小巷整治")
    facts: tuple[tuple[str, str, str, int, int, str, str], ...] = (
        ("平常", "", "red", 482, 46, "9.6", "-13.7"),
        ("悬停", "is-hover", "red", 615, 38, "6.1", "-17.2"),
        ("选中", "is-selected", "red", 368, 27, "7.4", "-15.9"),
        ("焦点", "is-focus", "green", 824, 246, "29.9", "6.6"),
        ("已改未存", "", "green", 287, 78, "27.2", "3.9"),
    )
    rows: list[dict[str, Any]] = [
        {
            "state": state,
            "css": css,
            "light": light,
            "name": name,
            "plan": planned * YI // 100,
            "done": done * YI // 100,
        }
        | {"rate": Decimal(rate), "gap": Decimal(gap), "by_month": [done % 7, done % 5, done % 9], "plan_months": plan}
        | {"edited": state == "已改未存"}
        for (state, css, light, planned, done, rate, gap), name in zip(facts, names, strict=True)
    ]
    empty = {"state": "无此数", "css": "void", "light": "none", "name": "元丰路立交改造", "plan": 0, "done": 0}
    return [*rows, empty | {"rate": None, "gap": None, "by_month": [], "plan_months": []}]


def _columns() -> Chart:
    done = [1846, 1329, 1452, *[None] * 9]
    plan = [3100, 3300, 4700, 4500, 4500, 5000, 4500, 4300, 4300, 3500, 3300, 3100]
    hope = [None, None, None, 5230, 5260, 5700, 5000, 4750, 4700, 3900, 3700, 5330]
    series = [
        Series("实际", "actual", [value and value * WAN for value in done]),
        Series("补欠后的新计划", "forecast", [value and value * WAN for value in hope]),
        Series("计划", "plan", [value * WAN for value in plan]),
    ]
    return Chart(
        "chart-months", "bar", MONTHS, series, "逐月完成投资：黑柱为实际，青线为计划，虚框为补欠后的新计划",
        MoneyUnit.WAN, places=0, x_title="月份",
    )  # fmt: skip


def _lines() -> Chart:
    done: list[int | None] = [2401, 4650, 8011, *[None] * 9]
    plan = [2300, 4700, 8330, 11500, 15000, 18830, 22000, 25400, 28700, 31300, 33900, 36200]
    last = [900, 2100, 5640, 9000, 12300, 15800, 18900, 22100, 25200, 28000, 30600, 33180]
    series = [
        Series("实际", "actual", [value and value * YI // 100 for value in done], "完成 80.11"),
        Series("计划", "plan", [value * YI // 100 for value in plan], "计划 362.00"),
        Series("上年", "last", [value * YI // 100 for value in last], "上年 331.80"),
    ]
    return Chart(
        "chart-year", "line", MONTHS, series, "累计完成投资：至3月底 80.11 亿元，比计划少 3.19 亿元",
        MoneyUnit.YI, x_title="月底",
    )  # fmt: skip


def _ruler() -> Ruler:
    weeks = [(date(2021, 1, 1) + timedelta(days=7 * number), (number * 37 % 11 + 6) * YI // 10) for number in range(12)]
    points = [(date(2021, 4, 10), "牡丹文化节前"), (date(2021, 6, 30), "双过半"), (date(2021, 9, 30), "国庆前")]
    return Ruler(CHOSEN, CHOSEN, [*points, (date(2021, 11, 15), "采暖季前")], weeks)


def _tiles() -> list[dict[str, str]]:
    keys = ("label", "text", "unit", "of", "note")
    facts = (
        ("项目", "240", "项", "", "省市重点 20"),
        ("总投资", "1,769.00", "亿元", "", "比上年 +418.00"),
        ("新开工项目已开工", "41", "", "/ 112 项", "36.6%，计划 38"),
        ("省市重点完成投资", "21.50", "亿元", "", "28.1%，比序时 +4.8"),
        ("问题未结", "90", "件", "", "超期 14 件"),
        ("未填报（本周）", "9", "", "/ 231 项", "截止今日 18:00"),
    )
    return [dict(zip(keys, fact, strict=True)) | {"url": "#rows"} for fact in facts]


def _problems() -> list[dict[str, str]]:
    keys = ("place", "value", "message", "advice")
    facts = (
        ("第 27 行 F 列", "4,82O 万", "年计划投资：末位是字母 O，不是数字 0", "改为 4,820 万元"),
        ("第 63 行 J 列", "6月31日", "计划竣工：6月没有 31 日", "改为 6月30日"),
        ("第 118 行 B 列", "望岳片区城中村改造", "与第 41 行同名同业主", "并为一项，或写明是两项"),
    )
    return [dict(zip(keys, fact, strict=True)) for fact in facts]


def _conflict() -> list[dict[str, Any]]:
    keys = ("label", "name", "before", "theirs", "mine", "pick")
    rows = (
        ("桩基完成", "pile", "3月26日", "4月16日", "3月26日", "theirs"),
        ("本周完成", "week", "287 万元", "287 万元", "312 万元", "mine"),
        ("形象进度", "physical", "41%", "43%", "42%", "mine"),
    )
    return [{**dict(zip(keys, row, strict=True)), "ask": row[1] == "physical"} for row in rows]


def _swatches() -> list[tuple[str, str, str]]:
    return [
        ("swatch", "宣纸", "底"), ("sw-paper-2", "米", "悬停、组"), ("sw-paper-3", "麻", "槽"),
        ("sw-ink", "墨", "正文"), ("sw-ink-2", "淡墨", "次要"), ("sw-ink-3", "灰墨", "说明"),
        ("sw-azurite", "石青", "唯一强调"),
        ("sw-wash", "石青晕", "选中"), ("sw-seal", "朱砂", "印与红头"), ("sw-red", "红", "滞后"),
        ("sw-yellow", "藤黄", "预警"), ("sw-green", "石绿", "正常"), ("sw-blue", "花青", "完成"),
    ]  # fmt: skip


_PARTS: dict[str, Callable[[], Any]] = {
    "form": _form,
    "rows": _rows,
    "columns": _columns,
    "lines": _lines,
    "ruler": _ruler,
    "tiles": _tiles,
    "problems": _problems,
    "conflict": _conflict,
    "swatches": _swatches,
}


def _guide() -> dict[str, Any]:
    """A new installation's steps: one done, one next, one that another post takes."""

    def row(words: str, text: str, **state: bool) -> dict[str, Any]:
        return {"step": {"words": words, "text": text, "button": "去办"}, "url": "#guide", **state}

    rows = [
        row("建单位与岗位", "先把责任单位和人员建起来。", done=True, may=True),
        row("导入年度名单", "把现有的计划表拖进来即可。", next=True, may=True),
        row("印发名单", "核对后由项目办主任印发。", may=False),
    ]
    return {"rows": rows, "done": 1, "all": len(rows)}


def _waiting() -> list[dict[str, Any]]:
    """What waits: one thing in time, one late."""

    def line(words: str, about: str, due: str, *, late: bool = False, note: str = "") -> dict[str, Any]:
        return {"item": {"url": "#waits", "words": words, "note": note}, "about": about, "due": due, "late": late}

    return [
        line("青桐路快速化改造", "周报未交", "还有 2 天", note="区交通局"),
        line("长宁冷链物流园", "退回补正", "已超 3 天", late=True),
    ]


def parts() -> dict[str, Any]:
    """Everything that the component page needs, by the name its templates use."""
    page = Paginator(range(240), 50).page(2)
    made = {name: make() for name, make in _PARTS.items()}
    links = [{"label": "选一个 Excel 文件", "url": "#file", "main": True}, {"label": "下载空表", "url": "#blank"}]
    fixes = [{"label": "下载标注好的表", "url": "#marked", "main": True}, {"label": "重新选择文件", "url": "#file"}]
    tabs = [
        {"label": "概况", "url": "#tabs", "current": True, "count": None},
        {"label": "节点", "url": "#tabs", "count": 10},
        {"label": "资金", "url": "#tabs", "count": None}, {"label": "问题与交办", "url": "#tabs", "count": 5},
        {"label": "手续", "url": "#tabs", "count": 7}, {"label": "费用", "reason": "当前岗位无权查看"},
    ]  # fmt: skip
    return made | {
        "pager": page,
        "page_numbers": list(page.paginator.get_elided_page_range(2, on_each_side=2, on_ends=1)),
        "empty_actions": links,
        "import_actions": fixes,
        "tabs": tabs,
        "truths": [
            {"label": "项目办已采用", "url": "#tabs"}, {"label": "单位已审核", "url": "#tabs"},
            {"label": "已填报", "url": "#tabs", "current": True},
        ],
        "unadopted": {"count": 12, "amount": 340_000_000},
        "light_names": ["red", "yellow", "green", "blue", "none"],
        "light_rules": [
            ("red", "节点迟 10 天以上，或一季目标难完成，或有超期 10 工作日的问题"),
            ("yellow", "节点迟 1 至 10 天，或目标有风险，或填报迟 1 天以上"),
            ("green", "按期，或处于前期且无超期节点"),
            ("blue", "竣工验收已核验"),
            ("none", "未到期，不计入亮灯"),
        ],
        "mix": [("red", 11), ("yellow", 24), ("green", 190), ("blue", 15)],
        "weeks": [4, 5, 5, 4, 1, 0, 3, 5, 6, 6, 5, 6],
        "year_plan": [2, 3, 5, 9, 11, 10, 9, 8, 7, 6, 5, 4],
        "year_done": [2, 1, 4],
        "nothing": [None, None],
        "guide": _guide(),
        "waiting": _waiting(),
        "long": LONG,
        "large": 999_999_999_999,
        "refused": [{"message": "第 63 行 J 列：6月没有 31 日"}],
        "done": Decimal("52.4"), "planned": Decimal("60.2"), "passed": Decimal("66.7"),
    }  # fmt: skip
