"""Audiences: names of who may see what, as data (8-practice, "Whose eyes").

A column, dimension, fact or field names its audience; which post kinds belong to it is a setting of the installation.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.actor import Actor
from guatu.core.kinds import several
from guatu.core.posts import POST_WORDS
from guatu.core.refusals import Sentence
from guatu.core.settings import declare_setting, setting

EVERYBODY = ""
BUILT_IN = ("operator", "clock")  # the operator has the office's eyes; the clock works on whole figures


@dataclass(frozen=True, slots=True)
class Audience:
    """A named audience. `own` lets a leader (and the liaison acting for him) see what is about himself."""

    code: str
    words: Sentence
    default: tuple[str, ...]
    own: bool = False

    @property
    def setting(self) -> str:
        """The setting that holds its post kinds."""
        return f"audience.{self.code}"


AUDIENCES: dict[str, Audience] = {}


def _not_nobody(value: list[str]) -> str:
    return "" if value else _("至少要有一种岗位")


def declare_audience(code: str, words: Sentence, default: tuple[str, ...], *, own: bool = False) -> Audience:
    """Make an audience known, with the post kinds that belong to it unless the installation says otherwise."""
    if code in AUDIENCES:
        raise ValueError(f"audience {code!r} is declared twice")
    AUDIENCES[code] = Audience(code, words, default, own)
    declare_setting(
        AUDIENCES[code].setting,
        words,
        list(default),
        _not_nobody,
        several(POST_WORDS),
        per_region=False,
        help=gettext_lazy("哪些岗位可以看到。"),
    )
    return AUDIENCES[code]


def sees(actor: Actor, audience: str, *, about_post: int | None = None) -> bool:
    """Whether the post belongs to the audience. `about_post` is the post that a value is about (a leader's)."""
    if audience == EVERYBODY:
        return True
    wanted = AUDIENCES.get(audience)
    if wanted is None:
        raise KeyError(f"audience {audience!r} is not declared")
    if actor.post_kind in BUILT_IN or actor.post_kind in setting(wanted.setting):
        return True
    return wanted.own and about_post is not None and about_post in (actor.post_id, actor.for_post_id)


_OFFICE = ("office_head", "office")
declare_audience("office", gettext_lazy("仅项目办可见的内容"), ("head", *_OFFICE))
declare_audience("leader_names", gettext_lazy("滞后项目旁的领导姓名"), ("head", *_OFFICE), own=True)
declare_audience("leader_ranking", gettext_lazy("按领导的分组和排名"), ("head", *_OFFICE), own=True)
declare_audience("probability", gettext_lazy("年底完成的可能性"), ("head", *_OFFICE), own=True)
declare_audience("findings", gettext_lazy("待核实的数据提示"), ("reviewer", "office_head"))
declare_audience("sensitive", gettext_lazy("标为敏感的项目名称、位置、照片和金额"), ("head", *_OFFICE), own=True)
declare_audience("personal", gettext_lazy("个人联系方式"), ("security_admin", *_OFFICE))
