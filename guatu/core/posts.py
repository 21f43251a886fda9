"""The kinds of posts by code and words, as the rights table and the audiences need them.

`people` owns the posts; a test holds this list to its enumeration, since core may not import from above.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import Sentence

POST_WORDS: Mapping[str, Sentence] = {
    "head": _("领导小组负责人"),
    "leader": _("分包领导"),
    "liaison": _("联络员"),
    "office_head": _("项目办主任"),
    "office": _("项目办工作人员"),
    "reviewer": _("责任单位审核人"),
    "reporter": _("责任单位填报人"),
    "street": _("街道乡镇工作人员"),
    "owner": _("项目业主"),
    "contractor": _("施工单位人员"),
    "authority": _("审批部门人员"),
    "task_force": _("专班人员"),
    "supervision": _("督查人员"),
    "superior": _("上级单位人员"),
    "system_admin": _("系统管理员"),
    "security_admin": _("安全管理员"),
    "audit_admin": _("审计管理员"),
}
EVERY_POST = tuple(POST_WORDS)
