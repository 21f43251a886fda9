"""Large papers in the background."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from guatu.core.jobs import JobRun, job
from guatu.core.refusals import Refusal
from guatu.plans.paper_forms import form_of
from guatu.plans.papers import made
from guatu.plans.papers.files import file_of


@job(made.KIND, right="plans.view", once=False)
def make_paper(run: JobRun) -> dict[str, Any]:
    """Make a paper as its address asks for it, by what the one who ordered it may see now. Run again it is the same."""
    ending = run.payload["ending"]
    with translation.override(run.payload["language"]):
        form = form_of(run.actor, QueryDict(run.payload["asked"]))
        if not form.is_valid():
            raise Refusal("plans.paper_gone")
        selection = form.selection()
        run.progress(0, 3, _("读取计划"))
        found = len(selection.lines)
        run.stop_if_cancelled()
        run.progress(1, 3, _("排版"))
        name, _media, content = file_of(selection, ending)
        run.stop_if_cancelled()
        made.keep(run.public_id, ending, content)
        words = _("“{name}”已生成，共 {n} 个项目，一天内可以下载。").format(name=name, n=found)
        return {"words": words, "url": reverse("plans:paper_made", args=[run.public_id]), "name": name}
