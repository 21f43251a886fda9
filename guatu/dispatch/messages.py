"""The sentences of dispatch's refusals."""

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import declare

declare(
    {
        "dispatch.bad_date": (_("“{value}”不是日期。可以写 2026-03-31、3.31、3月底、上周五。"), 400),
        "dispatch.wall_day": (_("“{typed}”不是日期。请在“开始”“完成”里选一天，如 2026-03-31。"), 422),
        "dispatch.wall_changed": (
            _(
                "您预览以后，别人改过“{name}”的计划或草案，您的改动还没有存入。下面已按最新的情况重新推算，请核对后再存。"
            ),
            409,
        ),
        "dispatch.bad_choice": (_("网址里的“{name}”不能是“{value}”。请从页面上重新选择。"), 400),
    }
)
