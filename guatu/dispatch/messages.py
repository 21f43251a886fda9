"""The sentences of dispatch's refusals."""

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import declare

declare(
    {
        "dispatch.bad_date": (_("“{value}”不是日期。可以写 2026-03-31、3.31、3月底、上周五。"), 400),
        "dispatch.wall_day": (_("“{typed}”不是日期。请在“移到”里选一天，如 2026-03-31。"), 422),
        "dispatch.bad_choice": (_("网址里的“{name}”不能是“{value}”。请从页面上重新选择。"), 400),
    }
)
