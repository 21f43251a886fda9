"""A bulletin as an office would issue it, with invented figures that add up, and the same as a numbered document."""

from dataclasses import replace
from datetime import date

from guatu.core.official.model import (
    Attachment,
    Column,
    Document,
    Heading,
    Imprint,
    IssueLine,
    Row,
    Run,
    Table,
    paragraph,
    row,
)

UNITS = (
    ("西关街道办事处", 6, 182000, 21000, 11.5, -7.1),
    ("区住房和城乡建设局", 11, 436500, 66300, 15.2, -3.4),
    ("城北新区管理委员会", 14, 1205000, 203100, 16.9, -1.7),
    ("区交通运输局", 5, 98700, 17800, 18.0, -0.6),
    ("区工业和信息化局", 13, 642000, 131600, 20.5, 1.9),
    ("东湖街道办事处", 7, 215300, 52200, 24.2, 5.6),
)


def _unit_rows() -> tuple[Row, ...]:
    rows = [
        row(str(place), name, str(count), f"{plan:,}", f"{done:,}", f"{rate}", f"{gap:+.1f}")
        for place, (name, count, plan, done, rate, gap) in enumerate(UNITS, start=1)
    ]
    plan, done = sum(unit[2] for unit in UNITS), sum(unit[3] for unit in UNITS)
    total = row("", "全区", str(sum(unit[1] for unit in UNITS)), f"{plan:,}", f"{done:,}", "17.7", "-0.9", total=True)
    return (total, *rows)


def unit_table() -> Table:
    """By unit, the worst first, the whole district on top."""
    columns = (
        Column("序号", 0.7),
        Column("责任单位", 2.8, "left"),
        Column("项目数", 0.9),
        Column("年度计划", 1.4, "right", "投资"),
        Column("累计完成", 1.3, "right", "投资"),
        Column("完成率（%）", 1.1, "right", "投资"),
        Column("与时间进度差（百分点）", 1.5, "right"),
    )
    note = "注：时间进度按日历天数计算，截至3月9日为18.6%。"
    return Table(columns, _unit_rows(), title="表1　各责任单位投资完成情况", unit="单位：万元", note=note)


def sector_table() -> Table:
    columns = (
        Column("行业", 2.0, "left"),
        Column("项目数"),
        Column("年度计划", 1.3, "right", "投资"),
        Column("累计完成", 1.3, "right", "投资"),
        Column("计划", 0.8, "center", "新开工"),
        Column("已开工", 0.8, "center", "新开工"),
    )
    rows = (
        row("基础设施", "16", "535,200", "84,100", "7", "3"),
        row("产业发展", "27", "1,847,000", "334,700", "9", "5"),
        row("社会民生", "13", "397,300", "73,200", "4", "2"),
        row("合计", "56", "2,779,500", "492,000", "20", "10", total=True),
    )
    return Table(columns, rows, title="表2　分行业投资完成和新开工情况", unit="单位：万元、个")


def bulletin(*, draft: bool = False) -> Document:
    """简报: an issue line, no signature, copies and printer in the imprint."""
    blocks = (
        paragraph(
            "截至3月9日，全区列入年度计划的重点项目",
            Run("56", figure="projects"),
            "个，总投资",
            Run("986.4", figure="total_investment"),
            "亿元，年度计划投资277.95亿元；累计完成投资",
            Run("49.2", figure="investment_to_date"),
            "亿元，占年度计划的",
            Run("17.7%", bold=True, figure="investment_rate"),
            "，慢于时间进度0.9个百分点。现将有关情况通报如下：",
        ),
        Heading(1, "总体完成情况"),
        Heading(2, "投资完成情况"),
        paragraph(
            "省重点项目9个，年度计划投资118.6亿元，累计完成投资22.9亿元，完成率19.3%，快于时间进度0.7个百分点。"
            "市重点项目17个，年度计划投资96.2亿元，累计完成投资16.4亿元，完成率17.0%，慢于时间进度1.6个百分点。"
        ),
        Heading(2, "新开工情况"),
        paragraph("计划新开工项目20个，已开工10个，开工率50.0%；“五个一”工作机制已明确到位18个。"),
        Heading(1, "分行业和责任单位情况"),
        Heading(3, "完成较好的单位。", (Run("东湖街道办事处、区工业和信息化局完成率快于时间进度。"),)),
        Heading(3, "进度较慢的单位。", (Run("西关街道办事处完成率11.5%，慢于时间进度7.1个百分点。"),)),
        unit_table(),
        sector_table(),
        Heading(1, "存在问题"),
        paragraph(
            "一是要素保障不足。滨河路北延工程涉及的126亩用地未完成报批，影响桥梁桩基进场；"
            "二是征迁扫尾缓慢。古城片区改造尚有38户未签约，占应签约户数的5.6%；"
            "三是部分项目入库滞后。有4个已开工项目未纳入统计。"
        ),
        Heading(1, "下一步工作"),
        Heading(4, "倒排工期。", (Run("各责任单位于3月20日前报送二季度投资计划和关键节点。"),)),
        Heading(4, "专班推进。", (Run("对慢于时间进度5个百分点以上的项目实行周调度，问题未解决不销号。"),)),
    )
    return Document(
        masthead="重点项目建设简报",
        issue=IssueLine("2019年第5期", "某某区重点项目建设领导小组办公室", date(2019, 3, 11)),
        title="关于2019年1—3月上旬全区重点项目建设进展情况的通报",
        blocks=blocks,
        copies_to=(
            "区委办公室",
            "区人大常委会办公室",
            "区政府办公室",
            "区政协办公室",
            "各责任单位",
            "领导小组成员单位",
        ),
        printed=Imprint("某某区重点项目建设领导小组办公室", date(2019, 3, 11)),
        draft=draft,
    )


def numbered_document() -> Document:
    """A numbered document with addressee, two attachments (one of them landscape), seal, secrecy and urgency."""
    columns = tuple(Column(f"{month}月", 1.0, "right", "分月计划投资") for month in range(1, 13))
    wide = Table(
        (Column("序号", 0.8), Column("项目名称", 4.0, "left"), *columns),
        tuple(
            row(str(place), f"第{place}号综合整治工程", *(str(place * m) for m in range(1, 13))) for place in (1, 2, 3)
        ),
        unit="单位：万元",
        landscape=True,
    )
    return replace(
        bulletin(),
        masthead="某某区人民政府办公室文件",
        issue=None,
        document_number="某政办〔2019〕5号",
        addressee="各街道办事处，区政府各部门，各有关单位：",
        attachments=(
            Attachment("2019年第一季度重点项目新开工计划表", (sector_table(), paragraph("以上计划以实际批复为准。"))),
            Attachment("2019年重点项目分月投资计划表", (wide,)),
        ),
        signed_by="某某区人民政府办公室",
        signed_on=date(2019, 3, 11),
        printed=Imprint("某某区人民政府办公室", date(2019, 3, 11)),
        secrecy="内部",
        urgency="加急",
    )
