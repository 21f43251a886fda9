"""Enumerations of projects and lists, with their Chinese words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """Whose list it is."""

    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    DISTRICT = "district", _("区级")


class Stage(TextChoices):
    """Where a project stands between idea and full output."""

    IDEA = "idea", _("谋划")
    RESERVE = "reserve", _("储备")
    SIGNED = "signed", _("签约")
    LANDED = "landed", _("落地")
    PRELIMINARY = "preliminary", _("前期")
    STARTED = "started", _("开工")
    UNDER_CONSTRUCTION = "under_construction", _("在建")
    COMPLETED = "completed", _("竣工")
    IN_PRODUCTION = "in_production", _("投产")
    FULL_OUTPUT = "full_output", _("达效")
    SUSPENDED = "suspended", _("停缓建")
    EXITED = "exited", _("退库")


class EntryKind(TextChoices):
    """A project's kind in a year's list. `completing` only where the list prints 计划竣工 as a kind of its own."""

    NEW_START = "new_start", _("新开工")
    CONTINUING = "continuing", _("续建")
    PRELIMINARY = "preliminary", _("预备（前期）")
    COMPLETING = "completing", _("计划竣工")


class Nature(TextChoices):
    """The statistics bureau's 建设性质."""

    NEW = "new", _("新建")
    EXPANSION = "expansion", _("扩建")
    REBUILD = "rebuild", _("改建")
    RELOCATION = "relocation", _("迁建")
    RESTORATION = "restoration", _("恢复")
    PURCHASE = "purchase", _("单纯购置")


class InvestorKind(TextChoices):
    """Who invests."""

    STATE = "state", _("国有")
    PRIVATE = "private", _("民间")
    FOREIGN = "foreign", _("外商")


class Secrecy(TextChoices):
    """涉密 is refused at every entrance, so it is no value here."""

    OPEN = "open", _("公开")
    SENSITIVE = "sensitive", _("敏感")


class Role(TextChoices):
    """What a unit or post answers for in a project."""

    LEAD = "lead", _("分包领导")
    SECTOR_LEAD = "sector_lead", _("行业分管领导")
    TASK_FORCE = "task_force", _("专班")
    RESPONSIBLE = "responsible", _("责任单位")
    SUPPORTING = "supporting", _("配合单位")
    LOCAL = "local", _("属地")
    OWNER = "owner", _("项目业主")
    CONTRACTOR = "contractor", _("施工单位")
    SUPERVISOR_FIRM = "supervisor_firm", _("监理单位")


class ListState(TextChoices):
    """A list before and after it is issued."""

    PROVISIONAL = "provisional", _("暂定")
    ISSUED = "issued", _("已印发")


class AmendmentKind(TextChoices):
    """What an adjustment document does to a list."""

    IN = "in", _("调入")
    OUT = "out", _("调出")
    CHANGE = "change", _("变更")


class ManagementLayer(TextChoices):
    """Who drives a project."""

    LEADING_GROUP = "leading_group", _("领导小组直接调度")
    SECTOR = "sector", _("行业分管领导")
    UNIT = "unit", _("责任单位")


class StartBase(TextChoices):
    """What a start rate is taken of."""

    NEW_STARTS = "new_starts", _("计划新开工项目")
    ALL = "all", _("全部项目")


class TimeBasis(TextChoices):
    """How the share of the year that has passed is counted."""

    MONTHS = "months", _("按整月")
    DAYS = "days", _("按日历天")


class NameOrigin(TextChoices):
    """How a project came by a name that is not its own."""

    FORMER = "former", _("曾用名")
    DECIDED = "decided", _("台账中的名称")


class DoubtChoice(TextChoices):
    """What a person said of a row that is likely a known project under another name."""

    SAME = "same", _("是同一项目")
    RENAME = "rename", _("是同一项目，改用表中的名称")
    NEW = "new", _("不是同一项目")


class DraftState(TextChoices):
    """Where an import under way stands."""

    WAITING = "waiting", _("待核对")
    CHECKED = "checked", _("已核对")
    WRONG = "wrong", _("需改正")
    APPLIED = "applied", _("已导入")
    DISCARDED = "discarded", _("已放弃")
    UNDONE = "undone", _("已撤销")
