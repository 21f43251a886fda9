"""Enumerations of regions, units and posts, with their Chinese words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RegionLevel(TextChoices):
    """Levels of the administrative tree (GB/T 2260; 9 digits for streets and towns)."""

    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    DISTRICT = "district", _("区县级")
    TOWN = "town", _("街道乡镇级")


class UnitKind(TextChoices):
    """What kind of body a unit is (8-practice: People and paper)."""

    DEPARTMENT = "department", _("部门")
    STREET = "street", _("街道、乡镇")
    COMMITTEE = "committee", _("园区、管委会")
    PLATFORM = "platform", _("国有平台公司")
    TASK_FORCE = "task_force", _("专班、指挥部")
    LEADING_GROUP = "leading_group", _("领导小组")
    OFFICE = "office", _("项目办")
    OWNER = "owner", _("项目业主")
    CONTRACTOR = "contractor", _("施工单位")
    SUPERVISOR_FIRM = "supervisor_firm", _("监理单位")
    AUTHORITY = "authority", _("审批部门")
    BANK = "bank", _("银行")


class PostKind(TextChoices):
    """Kinds of posts: the columns of the rights table."""

    HEAD = "head", _("领导小组负责人")
    LEADER = "leader", _("分包领导")
    LIAISON = "liaison", _("联络员")
    OFFICE_HEAD = "office_head", _("项目办主任")
    OFFICE = "office", _("项目办工作人员")
    REVIEWER = "reviewer", _("责任单位审核人")
    REPORTER = "reporter", _("责任单位填报人")
    STREET = "street", _("街道乡镇工作人员")
    OWNER = "owner", _("项目业主")
    CONTRACTOR = "contractor", _("施工单位人员")
    AUTHORITY = "authority", _("审批部门人员")
    TASK_FORCE = "task_force", _("专班人员")
    SUPERVISION = "supervision", _("督查人员")
    SUPERIOR = "superior", _("上级单位人员")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDIT_ADMIN = "audit_admin", _("审计管理员")
    # built in: no person holds them
    OPERATOR = "operator", _("命令行操作员")
    CLOCK = "clock", _("定时任务")
    GUEST = "guest", _("公众")


class ClosureKind(TextChoices):
    """Why no work is done on days that the country works."""

    SEASON = "season", _("季节停工（采暖期、汛期等）")
    FLOOD = "flood", _("防汛、极端天气")
    FESTIVAL = "festival", _("节庆、重大活动")
    EPIDEMIC = "epidemic", _("疫情、应急")
    OTHER = "other", _("其他")


class TableSource(TextChoices):
    """Where a year's days off come from."""

    PRODUCT = "product", _("随软件提供")
    OFFICE = "office", _("本系统录入")


FESTIVALS = {  # chinesecalendar's names, in the words of the State Council's notices
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}
BUILT_IN_POSTS = (PostKind.OPERATOR, PostKind.CLOCK, PostKind.GUEST)
ADMIN_POSTS = (PostKind.SYSTEM_ADMIN, PostKind.SECURITY_ADMIN, PostKind.AUDIT_ADMIN)
