"""What Today is for each post, in words: said where nothing waits, so that the page is never blank."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import Sentence

_OFFICE = _(
    "待导入和待核对的文件、疑似同一项目的行、待确认的项目和单位、缺进度的项目、待印发的名单和通报会列在这里。"
    "要开始，请到“项目库”导入计划表或进度表。"
)
_ADMIN = _("空缺的岗位、没有做完的后台任务会列在这里。账号和岗位在“单位与岗位”，设置在“系统”。")
_UNIT = _(
    "本单位负责的项目中，缺本月进度的、到了计划开竣工日期的会列在这里，填好的进度表交项目办导入。没有列出就是报齐了。"
)
_SITE = _("您负责的项目缺进度、到了计划开竣工日期时会列在这里。还没有列出项目的，请联系项目办确认项目业主和施工单位。")
_LEAD = _("您分包的项目到了计划开竣工日期时会列在这里；滞后的项目排在最上面，点名称看原因和责任单位。")

TEXTS: Mapping[str, Sentence] = {
    "head": _("待签发的通报、到期的开竣工会列在这里；全区进展请看“调度”。"),
    "leader": _LEAD,
    "liaison": _LEAD,
    "office_head": _OFFICE,
    "office": _OFFICE,
    "reviewer": _UNIT,
    "reporter": _UNIT,
    "street": _UNIT,
    "owner": _SITE,
    "contractor": _SITE,
    "authority": _(
        "本单位负责或配合的项目到了计划开竣工日期时会列在这里。现有项目请看“项目库”；没有项目的，请联系项目办落实分工。"
    ),
    "task_force": _(
        "专班联系的项目到了计划开竣工日期时会列在这里。现有项目请看“项目库”；没有项目的，请联系项目办落实分工。"
    ),
    "supervision": _("过了计划开竣工日期的项目会列在这里；滞后原因请看“调度”，每个项目的办理经过在项目页“操作记录”。"),
    "superior": _("所辖区县到了计划开竣工日期的项目会列在这里；各区县进展请看“调度”。"),
    "system_admin": _ADMIN,
    "security_admin": _ADMIN,
    "audit_admin": _("没有做完的后台任务会列在这里。操作记录和访问日志在“系统”，可随时校验是否完整。"),
}
