"""Plans that came with the product, by type of project. Durations are usual ones, the legal limits where there are.

The chain before construction follows 国办发〔2018〕33号, 国办发〔2019〕11号 (four stages, legal work days); what is a
site's work counts the site's days. Every office changes them to its own habits; a region's own stand first.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from guatu.core.refusals import Sentence
from guatu.plans.content import Content, ContentNode, chained
from guatu.plans.forms import LOOSE
from guatu.plans.plan_file import KINDS

Row = tuple[str, int, int, str, str]
"""Name, weight, work days, evidence, what it waits for as it is typed: "3", "3FS+5", "2SS"; "3管" where that is only
organisation (管理) and may overlap: the rest is what law or building asks for."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A template: its code, name, when to use it, and its rows. `paper` names the rows that count offices' days;
    `stages` what a row opens or closes; `crash` by how many days and yuan a day a row can be shortened; `counted` the
    measure and step of rows that count households.
    """

    code: str
    name: Sentence
    words: Sentence
    rows: tuple[Row, ...]
    paper: frozenset[int] = frozenset()
    stages: tuple[tuple[int, str, str], ...] = ()
    crash: tuple[tuple[int, int, int], ...] = ()
    counted: tuple[tuple[int, str, str], ...] = ()
    calendar_days: frozenset[int] = frozenset()

    def content(self) -> Content:
        """The template as a draft begins with it: new ids each time."""
        return _content(self).renewed()


@cache
def _content(ready: Ready) -> Content:
    opens = {row: opened for row, opened, _closed in ready.stages}
    closes = {row: closed for row, _opened, closed in ready.stages}
    crash = {row: (most, cost) for row, most, cost in ready.crash}
    counted = {row: (measure, step) for row, measure, step in ready.counted}
    nodes = [
        ContentNode(
            id=str(place),
            name=name,
            weight=weight,
            duration=days,
            duration_unit="calendar" if place in ready.calendar_days else "workday",
            evidence=evidence,
            paper=place in ready.paper,
            opens=opens.get(place, ""),
            closes=closes.get(place, ""),
            crash_most=crash.get(place, (0, 0))[0],
            crash_cost=crash.get(place, (0, 0))[1],
            measure=counted.get(place, ("", ""))[0],
            counts=counted.get(place, ("", ""))[1],
        )
        for place, (name, weight, days, evidence, _waits) in enumerate(ready.rows, 1)
    ]
    links = [
        (before, place, kind, lag, technical)
        for place, row in enumerate(ready.rows, 1)
        for before, kind, lag, technical in _links_of(row[4])
    ]
    with override(settings.LANGUAGE_CODE):  # what is stored is the source's wording
        return chained(nodes, links, str(ready.name))


def _links_of(text: str) -> list[tuple[int, str, int, bool]]:
    found = []
    for part in filter(None, text.split(",")):
        said = part.removesuffix(LOOSE)
        kind = next((kind for kind in KINDS if kind in said), "")
        before, _kind, lag = said.partition(kind) if kind else (said, "", "")
        found.append((int(before), kind or "FS", int(lag or 0), said == part))
    return found


PRELIMINARY: Final = Ready(
    "preliminary",
    _("前期手续（政府投资项目）"),
    _("从项目赋码到施工许可的全部前期手续，各项按法定时限。备案类项目可删去项目建议书、可研和初步设计。"),
    (
        ("项目代码赋码", 1, 1, "项目代码", ""),
        ("项目建议书批复", 4, 7, "批复文件", "1"),
        ("用地预审与选址意见书", 6, 20, "用地预审与选址意见书", "1"),
        ("社会稳定风险评估", 3, 15, "评估报告及备案", "2SS管"),
        ("可行性研究报告批复", 8, 20, "批复文件", "2,3,4"),
        ("节能审查", 3, 20, "节能审查意见", "5SS+5管"),
        ("环境影响评价批复", 5, 22, "环评批复", "5SS+5管"),
        ("水土保持方案批复", 3, 15, "水保批复", "5SS+5管"),
        ("用地批复或划拨决定", 8, 30, "用地批复", "5"),
        ("建设用地规划许可证", 5, 10, "许可证", "9"),
        ("设计方案审查", 6, 10, "方案批复及公示", "5FS+20管"),
        ("初步设计及概算批复", 8, 20, "批复文件", "11"),
        ("建设工程规划许可证", 6, 20, "许可证", "10,11"),
        ("施工图审查（含消防、人防）", 8, 15, "审查合格书", "12"),
        ("施工、监理招标", 10, 25, "中标通知书", "12FS+5"),
        ("施工合同签订", 4, 10, "施工合同", "15"),
        ("质量安全监督和施工许可证", 8, 7, "施工许可证", "7,8,13,14,16"),
        ("开工", 4, 0, "开工令、现场照片", "6,17"),
    ),
    paper=frozenset(range(1, 18)),
    stages=((1, "preliminary", ""), (18, "started", "")),
    crash=((5, 8, 0), (12, 8, 0), (15, 3, 0)),
)
STEPS_BEFORE: Final = Ready(
    "preliminary_short",
    _("前期手续（主要环节）"),
    _("只列立项、用地规划、设计、招标、施工许可五个环节，用于已在推进、不必逐项盯的项目。"),
    (
        ("立项批复", 4, 30, "批复文件", ""),
        ("用地和规划许可", 6, 40, "许可证", "1"),
        ("初步设计和施工图", 6, 40, "审查合格书", "1FS+10管"),
        ("招标", 6, 25, "中标通知书", "3"),
        ("施工许可", 4, 7, "施工许可证", "2,4"),
    ),
    paper=frozenset(range(1, 6)),
    stages=((1, "preliminary", ""),),
)
BUILDING: Final = Ready(
    "building",
    _("房建工程"),
    _("学校、医院、安置房、写字楼等新建房屋，从进场到交付。"),
    (
        ("进场准备", 4, 15, "开工令、现场照片", ""),
        ("土方开挖和基坑支护", 8, 40, "验槽记录", "1"),
        ("桩基和基础", 12, 50, "基础验收记录", "1,2SS+20管"),
        ("地下结构（±0.00）", 12, 45, "地下结构验收记录", "2,3"),
        ("主体结构封顶", 20, 120, "主体验收记录", "4"),
        ("二次结构和砌筑", 8, 60, "隐蔽验收记录", "5SS+60"),
        ("机电安装", 10, 90, "安装验收记录", "6SS+20"),
        ("内外装饰", 12, 90, "装饰验收记录", "5管,6SS+30"),
        ("室外工程和绿化", 6, 45, "现场照片", "5,8SS+50管"),
        ("专项验收（消防、规划、人防）", 4, 15, "验收意见书", "7,8,9"),
        ("竣工验收和备案", 4, 15, "竣工验收备案表", "10"),
    ),
    paper=frozenset({10, 11}),
    stages=((1, "started", ""), (2, "under_construction", ""), (11, "", "completed")),
    crash=((2, 8, 20000), (3, 10, 30000), (5, 25, 50000), (8, 20, 20000), (9, 10, 8000)),
)
ROAD: Final = Ready(
    "road",
    _("市政道路"),
    _("道路新建、提升，含管线；征迁交地不在其内时删去第一行。"),
    (
        ("征迁交地", 10, 60, "交地确认书", ""),
        ("进场和管线迁改", 10, 40, "迁改验收记录", "1FS-20管"),
        ("路基工程", 16, 60, "路基验收记录", "1管,2SS+15"),
        ("雨污水等管线", 16, 60, "管道闭水试验记录", "3SS+20"),
        ("桥涵结构", 14, 90, "结构验收记录", "2"),
        ("路面基层", 10, 30, "基层验收记录", "3,4"),
        ("沥青面层", 10, 20, "面层检测报告", "5,6"),
        ("交通、照明、绿化", 8, 30, "现场照片", "4,6管"),
        ("通车", 2, 0, "通车公告、现场照片", "7,8"),
        ("竣工验收", 4, 20, "竣工验收备案表", "9"),
    ),
    paper=frozenset({10}),
    stages=((2, "started", ""), (3, "under_construction", ""), (10, "", "completed")),
    crash=((3, 15, 15000), (4, 15, 15000), (5, 20, 30000), (7, 5, 20000)),
)
PLANT: Final = Ready(
    "plant",
    _("产业厂房"),
    _("工业项目厂房和设备，到试生产、投产。"),
    (
        ("进场准备", 4, 15, "开工令、现场照片", ""),
        ("场地平整和基础", 12, 45, "基础验收记录", "1"),
        ("设备订货", 8, 90, "采购合同", "1管"),
        ("主体钢结构", 16, 60, "结构验收记录", "2"),
        ("围护和地坪", 10, 40, "现场照片", "4SS+30"),
        ("公用工程（水电气）", 10, 60, "接入验收记录", "2,4SS+20管"),
        ("设备安装", 16, 60, "安装验收记录", "3,4,5管"),
        ("单机和联动调试", 8, 30, "调试记录", "6,7"),
        ("专项验收（消防、环保）", 6, 20, "验收意见", "8SS+10"),
        ("竣工验收和备案", 4, 15, "竣工验收备案表", "8,9"),
        ("投产", 6, 0, "投产照片、首批产品", "10"),
    ),
    paper=frozenset({9, 10}),
    stages=((1, "started", ""), (2, "under_construction", ""), (10, "", "completed"), (11, "in_production", "")),
    crash=((2, 10, 20000), (4, 15, 30000), (7, 15, 25000), (8, 8, 10000)),
)
RENEWAL: Final = Ready(
    "old_housing",
    _("老旧小区改造"),
    _("先地下后地上，分楼栋推进；居民意愿征集在前。"),
    (
        ("居民意愿征集和方案公示", 8, 20, "征集表、公示照片", ""),
        ("施工图和预算评审", 8, 15, "评审报告", "1管"),
        ("招标和合同", 8, 25, "中标通知书", "2"),
        ("开工进场", 4, 5, "开工令、现场照片", "3"),
        ("雨污分流和管网改造", 20, 40, "闭水试验记录", "4"),
        ("屋面防水和外墙保温", 16, 45, "隐蔽验收记录", "4FS+5"),
        ("楼道、门窗、线路整治", 10, 30, "现场照片", "4,6SS+15管"),
        ("道路、停车、绿化、照明", 16, 35, "现场照片", "5"),
        ("适老和公共设施", 4, 15, "现场照片", "4,8SS+15管"),
        ("竣工验收", 6, 10, "竣工验收单", "7,8,9"),
    ),
    paper=frozenset({1, 2, 3}),
    stages=((4, "started", ""), (5, "under_construction", ""), (10, "", "completed")),
    crash=((5, 10, 8000), (6, 10, 8000), (8, 8, 6000)),
)
CLEARING: Final = Ready(
    "clearing",
    _("征迁"),
    _("按户登记，签约、搬离、拆除、清表、兑付逐步计量；最后几户逐户盯。先在编制时填每行的总户数。"),
    (
        ("摸底调查和公告", 8, 20, "公告、调查表", ""),
        ("补偿方案和风险评估", 10, 20, "方案批复、评估报告", "1"),
        ("签约", 30, 45, "补偿协议", "2"),
        ("搬离", 16, 30, "腾空验收单", "3SS+10"),
        ("拆除", 16, 30, "拆除前后照片", "4SS+10"),
        ("清表交地", 10, 15, "交地确认书", "5"),
        ("补偿兑付", 10, 20, "兑付凭证", "3SS+15"),
    ),
    paper=frozenset({1, 2, 7}),
    crash=((3, 10, 10000), (4, 8, 8000), (5, 8, 15000)),
    counted=((3, "户", "signed"), (4, "户", "moved"), (5, "户", "demolished"), (6, "户", "cleared"), (7, "户", "paid")),
)
STREET: Final = Ready(
    "street",
    _("步行街改造"),
    _("照西工小街 2019 年的做法：6 月底前设计定稿，10 月 1 日前完成招标并进场，年底前完工。期限按本年改。"),
    (
        ("方案设计和定稿", 12, 40, "会议纪要、设计文件", ""),
        ("商户和居民意见征集", 6, 20, "征集记录", "1SS+5管"),
        ("施工图和预算评审", 10, 20, "评审报告", "1,2管"),
        ("施工、监理招标", 12, 25, "中标通知书", "3"),
        ("合同签订和进场", 6, 10, "施工合同、现场照片", "4"),
        ("管线入地和雨污改造", 16, 25, "隐蔽验收记录", "5"),
        ("立面整治和店招", 14, 35, "前后对比照片", "5"),
        ("铺装、照明、绿化", 14, 25, "现场照片", "6"),
        ("业态布置和试营业", 6, 10, "现场照片", "5,7管,8管"),
        ("完工验收", 4, 5, "验收单", "7,8,9管"),
    ),
    paper=frozenset({1, 2, 3, 4}),
    stages=((5, "started", ""), (6, "under_construction", ""), (10, "", "completed")),
    crash=((1, 5, 0), (3, 5, 0), (6, 6, 20000), (7, 10, 15000), (8, 6, 15000)),
)
READY: Final[tuple[Ready, ...]] = (PRELIMINARY, STEPS_BEFORE, BUILDING, ROAD, PLANT, RENEWAL, CLEARING, STREET)
BY_CODE: Final = {ready.code: ready for ready in READY}
