"""The pages of the place 填报, in the order of the row under their titles; quiet ones are of the office's own work."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from guatu.core.registries import PLACES, Place, PlacePage

_PHONED: Final = ("reporting:phone_in", "reporting:phoned")

PAGES: Final = (
    PlacePage(_("填报"), "reporting:sheet", "reporting.claim"),
    PlacePage(_("审核"), "reporting:review", "reporting.check", also=("reporting:report_return",)),
    PlacePage(
        _("全部填报"),
        "reporting:reports",
        "reporting.view_readings",
        also=("reporting:report", "reporting:report_correct"),
    ),
    PlacePage(_("催报"), "reporting:chase", "reporting.chase", also=_PHONED),
    PlacePage(_("填报表"), "reporting:workbooks", "reporting.claim"),
    PlacePage(_("盖章表"), "reporting:stamped", "reporting.stamp"),
    PlacePage(_("专项日调度"), "reporting:watches", "reporting.view_readings"),
    PlacePage(_("照片和材料"), "reporting:evidence", "reporting.view_readings"),
    PlacePage(_("疑点核实"), "reporting:findings", "reporting.see_findings"),
    PlacePage(_("手机填报"), "reporting:phone", "reporting.claim"),
    PlacePage(_("填报要求"), "reporting:rules", "reporting.view_rules", quiet=True),
    PlacePage(_("佐证要求"), "reporting:evidence_rules", "reporting.set_evidence_rules", quiet=True),
    PlacePage(_("填报工作量"), "reporting:burden", "reporting.view_burden", quiet=True),
    PlacePage(_("其他系统报表"), "reporting:layouts", "library.export_list", quiet=True),
)

PLACES.add("reports", Place("reports", _("填报"), "reporting:sheet", "reporting.claim", 60, PAGES))
