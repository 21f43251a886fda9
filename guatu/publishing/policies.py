"""Who may see, draft, issue and archive bulletins: the package's rows of the rights table."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guatu.core import reach, rights
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.people.policies import within
from guatu.publishing.choices import BulletinState
from guatu.publishing.models import Bulletin

_OFFICE = {"office_head": "region", "office": "region"}
_READERS = dict.fromkeys(
    ("head", "leader", "liaison", "reviewer", "reporter", "supervision", "superior", "task_force"), "region"
)
ISSUED = (BulletinState.ISSUED, BulletinState.ARCHIVED)

rights.declare(
    "publishing",
    {
        "publishing.view": (_("查看已签发的通报"), {**_READERS, **_OFFICE}),
        "publishing.view_drafts": (_("查看起草中的通报"), {**_OFFICE, "head": "region"}),
        "publishing.draft_bulletin": (_("起草通报"), _OFFICE),
        "publishing.edit_bulletin": (_("修改通报文字"), _OFFICE),
        "publishing.rebuild_bulletin": (_("按现有数据重新生成通报"), _OFFICE),
        "publishing.resolve_finding": (_("处理通报中不一致的数字"), _OFFICE),
        "publishing.take_back_docx": (_("收回在 WPS 中改过的通报"), _OFFICE),
        "publishing.withdraw_bulletin": (_("作废通报草稿"), _OFFICE),
        "publishing.issue_bulletin": (_("签发通报"), {"head": "region", "office_head": "region"}),
        "publishing.archive_bulletin": (_("归档签发的通报"), _OFFICE),
    },
)


def visible_bulletins(actor: Actor) -> QuerySet[Bulletin]:
    """Issued ones of the actor's region; drafts only for those who work on them."""
    drafts = within(actor, "publishing.view_drafts", unit_field="")
    issued = within(actor, "publishing.view", unit_field="") & Q(state__in=ISSUED)
    return Bulletin.objects.filter(drafts | issued if drafts else drafts)  # an empty condition reaches everything


def visible_bulletin(actor: Actor, public_id: str) -> Bulletin | None:
    """The bulletin, if the actor may see it."""
    return visible_bulletins(actor).filter(public_id=public_id).select_related("region").first()


def can_on_bulletin(actor: Actor, action: str, bulletin: Bulletin) -> bool:
    """Whether the post may do `action` on this bulletin."""
    return Bulletin.objects.filter(within(actor, action, unit_field=""), pk=bulletin.pk).exists()


def require_bulletin(actor: Actor, action: str, bulletin: Bulletin) -> None:
    """Refuse as not found what is out of the actor's scope for `action`."""
    if not can_on_bulletin(actor, action, bulletin):
        raise Refusal("core.not_found")


def is_same_person(actor: Actor, bulletin: Bulletin) -> bool:
    """Whether the actor drafted it: the same person, or the same post (two posts of one person are one person)."""
    if actor.user_id is not None and actor.user_id == bulletin.drafted_user_id:
        return True
    return actor.post_id == bulletin.drafted_post_id


def _of_the_region(actor: Actor) -> QuerySet[Bulletin]:
    return Bulletin.objects.filter(within(actor, "publishing.view", unit_field=""))


reach.declare(Bulletin, "publishing.view", _of_the_region)
