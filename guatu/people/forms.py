"""Forms of the package: they parse and check shapes, actions decide."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from guatu.core import clock, rights
from guatu.core.actor import Actor
from guatu.core.form_words import Form
from guatu.core.inputs import DayField
from guatu.people import policies
from guatu.people.choices import BUILT_IN_POSTS, PostKind, UnitKind
from guatu.people.models import Liaison, Post, Region, Unit, User
from guatu.people.queries import in_force, posts_in_force

LEADERS = [(kind.value, kind.label) for kind in (PostKind.HEAD, PostKind.LEADER)]
POSTS = [(kind.value, kind.label) for kind in PostKind if kind not in BUILT_IN_POSTS]


class SignInForm(Form, AuthenticationForm):
    """Sign-in name and password."""

    username = forms.CharField(label=_("登录名"), max_length=60, widget=forms.TextInput({"autocomplete": "username"}))
    password = forms.CharField(
        label=_("密码"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )
    error_messages = {
        "invalid_login": _("登录名或密码不对。连续输错 5 次将锁定半小时。"),
        "inactive": _("登录名或密码不对。连续输错 5 次将锁定半小时。"),
    }


class PasswordForm(Form):
    """The old password once and the new one twice."""

    old = forms.CharField(
        label=_("原密码"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )
    new = forms.CharField(
        label=_("新密码"),
        strip=False,
        help_text=_("至少 10 个字符，不用姓名、登录名或常见密码"),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输一遍新密码"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def clean_again(self) -> str:
        """The same twice."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new"):
            raise forms.ValidationError(_("两次输入的新密码不一样"))
        return again


class DeedForm(Form):
    """A form about one row, filled in by an actor; `seen` is the version that the actor saw."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, actor: Actor, row: Any = None, **kwargs: Any) -> None:
        initial = {**self.start(row), "seen": getattr(row, "version", None), **kwargs.pop("initial", {})}
        super().__init__(data, initial=initial, **kwargs)
        self.actor = actor
        self.row = row
        self.narrow(actor, row)

    def start(self, row: Any) -> dict[str, Any]:
        """What the fields hold at first."""
        names = set(self.base_fields)
        return {name: getattr(row, name) for name in names if row is not None and hasattr(row, name)}

    def narrow(self, actor: Actor, row: Any) -> None:
        """Leave only what the actor may choose."""


class ConfirmRegionForm(DeedForm):
    """The proper name of a region."""

    name = forms.CharField(label=_("名称"), max_length=80)


class AddRegionForm(DeedForm):
    """A region by its code."""

    code = forms.CharField(label=_("行政区划代码"), max_length=12)
    name = forms.CharField(label=_("名称"), max_length=80)


class AddUnitForm(DeedForm):
    """A new unit."""

    name = forms.CharField(label=_("单位全称"), max_length=120)
    short_name = forms.CharField(label=_("简称"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("类别"), choices=UnitKind.choices)
    region = forms.ModelChoiceField(label=_("所属区划"), queryset=Region.objects.none())

    def narrow(self, actor: Actor, row: Any) -> None:
        regions = policies.visible_regions(actor).filter(policies.within(actor, "people.add_region", "path", ""))
        self.fields["region"].queryset = regions.order_by("path")  # type: ignore[attr-defined]  # a model choice


class ConfirmUnitForm(DeedForm):
    """Of what kind a unit is."""

    kind = forms.ChoiceField(label=_("类别"), choices=UnitKind.choices)


class RenameUnitForm(DeedForm):
    """A unit's names."""

    name = forms.CharField(label=_("单位全称"), max_length=120)
    short_name = forms.CharField(label=_("简称"), max_length=40, required=False)


class OtherUnitForm(DeedForm):
    """Another unit that stands."""

    other = forms.ModelChoiceField(label=_("哪个单位"), queryset=Unit.objects.none())

    def narrow(self, actor: Actor, row: Unit) -> None:
        units = policies.visible_units(actor).filter(in_force(clock.today()), confirmed=True).exclude(pk=row.pk)
        self.fields["other"].queryset = units.order_by("name")  # type: ignore[attr-defined]  # a model choice


class SucceedUnitForm(OtherUnitForm):
    """Which unit takes this one's place, when and by what paper."""

    on = DayField(label=_("自何日起"))
    document = forms.CharField(label=_("依据文件"), max_length=160)


class EndForm(DeedForm):
    """A last day and why."""

    on = DayField(label=_("截止日期"))
    reason = forms.CharField(label=_("理由"), max_length=200)


class ReasonForm(DeedForm):
    """Why."""

    reason = forms.CharField(label=_("理由"), max_length=200)


class AddPostForm(DeedForm):
    """A new post."""

    kind = forms.ChoiceField(label=_("岗位类别"), choices=POSTS)
    title = forms.CharField(label=_("职务名称"), max_length=80)
    region = forms.ModelChoiceField(label=_("所属区划"), queryset=Region.objects.none())
    unit = forms.ModelChoiceField(label=_("所在单位"), queryset=Unit.objects.none(), required=False)
    holder = forms.CharField(
        label=_("姓名"),
        max_length=60,
        required=False,
        help_text=_("不登录系统的领导在此填姓名；其他人由安全管理员任命"),
    )

    def narrow(self, actor: Actor, row: Any) -> None:
        regions = policies.visible_regions(actor).filter(policies.within(actor, "people.add_post", "path", ""))
        self.fields["region"].queryset = regions.order_by("path")  # type: ignore[attr-defined]  # a model choice
        units = policies.visible_units(actor).filter(in_force(clock.today()))
        self.fields["unit"].queryset = units.order_by("name")  # type: ignore[attr-defined]  # a model choice


class ConfirmPostForm(DeedForm):
    """A leader's title."""

    title = forms.CharField(label=_("职务名称"), max_length=80)
    kind = forms.ChoiceField(label=_("岗位类别"), choices=LEADERS)


class AppointForm(DeedForm):
    """Who takes a post."""

    user = forms.ModelChoiceField(label=_("任职人员"), queryset=User.objects.none())

    def narrow(self, actor: Actor, row: Any) -> None:
        users = policies.visible_users(actor).filter(is_active=True).order_by("name")
        self.fields["user"].queryset = users  # type: ignore[attr-defined]  # a model choice


class HandOverForm(DeedForm):
    """Who takes a post over, when and by what paper. Nobody: the post falls vacant."""

    on = DayField(label=_("接任日期"))
    holder = forms.CharField(label=_("接任人姓名（不登录系统的）"), max_length=60, required=False)
    user = forms.ModelChoiceField(label=_("接任人账号"), queryset=User.objects.none(), required=False)
    document = forms.CharField(label=_("依据（文号或会议）"), max_length=160)

    def start(self, row: Any) -> dict[str, Any]:
        return {"on": clock.today()}

    def narrow(self, actor: Actor, row: Any) -> None:
        if rights.can(actor, "people.appoint").allowed:
            users = policies.visible_users(actor).filter(is_active=True).order_by("name")
            self.fields["user"].queryset = users  # type: ignore[attr-defined]  # a model choice
        else:
            del self.fields["user"]


class PostChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # the stub's generic has no run-time form
    """Posts by title, unit and holder."""

    def label_from_instance(self, obj: Post) -> str:
        who = obj.user.name if obj.user is not None else obj.holder
        return f"{policies.post_label(obj)} {who}".strip()


class LiaisonForm(DeedForm):
    """Who acts for a leader, and in what."""

    liaison = PostChoice(label=_("联络员"), queryset=Post.objects.none())
    actions = forms.MultipleChoiceField(
        label=_("可代办的事项"), required=False, help_text=_("不选则只看不办"), choices=[]
    )

    def narrow(self, actor: Actor, row: Post) -> None:
        posts = posts_in_force().filter(policies.within(actor, "people.add_liaison"), user__isnull=False)
        field = self.fields["liaison"]
        field.queryset = posts.select_related("user").exclude(pk=row.pk)  # type: ignore[attr-defined]  # a model choice
        held = [right for right in rights.table() if row.kind in right.grants and not rights.is_reading(right.action)]
        self.fields["actions"].choices = [(right.action, right.words) for right in held]  # type: ignore[attr-defined]  # a choice


class EndLiaisonForm(DeedForm):
    """Which liaison of a leader ends, and from which day."""

    liaison = forms.ModelChoiceField(label=_("联络员"), queryset=Liaison.objects.none())
    on = DayField(label=_("从哪天起不再代办"))

    def start(self, row: Any) -> dict[str, Any]:
        return {"on": clock.today()}

    def narrow(self, actor: Actor, row: Post) -> None:
        running = row.liaisons.filter(in_force(clock.today())).select_related("liaison__unit", "liaison__user")
        field = self.fields["liaison"]
        field.queryset = running  # type: ignore[attr-defined]  # a model choice
        field.label_from_instance = lambda one: policies.post_label(one.liaison)  # type: ignore[attr-defined]  # a model choice


class AddUserForm(DeedForm):
    """A new account."""

    username = forms.CharField(label=_("登录名"), max_length=60)
    name = forms.CharField(label=_("姓名"), max_length=60)
    phone = forms.CharField(label=_("电话"), max_length=20, required=False)
    password = forms.CharField(
        label=_("初始密码"), strip=False, help_text=_("首次登录时须修改"), widget=forms.PasswordInput
    )


class ChangeUserForm(DeedForm):
    """A person's name and phone; an empty phone field keeps the number."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    phone = forms.CharField(label=_("新电话"), max_length=20, required=False, help_text=_("不改则留空"))

    def start(self, row: User) -> dict[str, Any]:
        return {"name": row.name}


class NewPasswordForm(DeedForm):
    """A password for one sign-in."""

    password = forms.CharField(
        label=_("临时密码"), strip=False, help_text=_("下次登录时须修改"), widget=forms.PasswordInput
    )

    def start(self, row: User) -> dict[str, Any]:
        return {}


class DelegateForm(DeedForm):
    """Who acts in one's post during leave."""

    giver = PostChoice(label=_("我的岗位"), queryset=Post.objects.none())
    taker = PostChoice(label=_("由谁代办"), queryset=Post.objects.none())
    starts_on = DayField(label=_("自"))
    ends_on = DayField(label=_("至（含当日）"))
    reason = forms.CharField(label=_("事由"), max_length=200)

    def narrow(self, actor: Actor, row: Any) -> None:
        mine = posts_in_force().filter(policies.own_posts(actor)).select_related("user")
        self.fields["giver"].queryset = mine  # type: ignore[attr-defined]  # a model choice
        units = mine.values("unit_id")
        others = posts_in_force().filter(unit_id__in=units, user__isnull=False).exclude(user_id=actor.user_id or 0)
        self.fields["taker"].queryset = others.select_related("user")  # type: ignore[attr-defined]  # a model choice


class TokenForm(DeedForm):
    """A token for a program."""

    post = PostChoice(label=_("岗位"), queryset=Post.objects.none())
    name = forms.CharField(label=_("用途"), max_length=80)
    expires_on = DayField(label=_("有效期至"))

    def narrow(self, actor: Actor, row: Any) -> None:
        mine = posts_in_force().filter(policies.own_posts(actor)).select_related("user")
        self.fields["post"].queryset = mine  # type: ignore[attr-defined]  # a model choice
