"""What the frame of every page (core/base.html) reads from its context, and the words that it always carries."""

from collections.abc import Sequence
from typing import Final, NotRequired, TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

THEMES: Final = {"day": _("日间"), "night": _("夜间"), "auto": _("随设备")}


class NavItem(TypedDict):
    """One place of the main menu; ``current`` marks where we are."""

    label: str | Promise
    url: str
    current: bool


class PostItem(TypedDict):
    """One of the person's posts; choosing it is a POST of ``post=id`` to ``post_switch_url``."""

    id: str
    label: str
    current: bool


class ShellContext(TypedDict):
    """The names that core/base.html reads; what is missing is not shown. ``theme`` is the cookie of the same name."""

    theme: NotRequired[str]
    region_name: NotRequired[str]
    nav: NotRequired[Sequence[NavItem]]
    posts: NotRequired[Sequence[PostItem]]
    post_switch_url: NotRequired[str]
    account_name: NotRequired[str]
    account_url: NotRequired[str]
    sign_out_url: NotRequired[str]
    search_url: NotRequired[str]
    search_text: NotRequired[str]
    todo_count: NotRequired[int]
    todo_url: NotRequired[str]
    list_name: NotRequired[str]
    data_time: NotRequired[str]
    demonstration: NotRequired[bool]


WORDS: Final[dict[str, str | Promise]] = {
    "copied": _("链接已复制"),
    "copy_failed": _("浏览器不允许复制，请从地址栏复制链接"),
    "draft_kept": _("已存草稿（在本机）"),
    "draft_back": _("这里有 {when} 填了没有存入的内容。"),
    "draft_restore": _("恢复"),
    "draft_restored": _("已恢复 {when} 填的内容，还没有存入。"),
    "draft_drop": _("放弃"),
    "draft_files": _("草稿不含文件，请重新选择文件。"),
    "sent_before": _("这份表单已经存入过。再存入将作为一次新的修改，与现在的内容对照。"),
    "number": _("编号 {number}"),
    "sign_in_again": _("重新登录"),
    "failed_401": _("登录已过期，这一部分没有取到，本页所填内容还在。请在另一个窗口重新登录，再回到本页继续。"),
    "file_picked": _("已选 {name}，{size}。"),
    "file_too_large": _("{name} 有 {size} MB，超过上限 {limit} MB。请拆分或压缩后再传。"),
    "none_found": _("没有相符的"),
    "find_choice": _("在选项中查找"),
    "failed_network": _("没有连上服务器，页面未更新，所填内容还在。请检查网络后再试。"),
    "failed_403": _("当前岗位无权查看这一部分。请切换岗位，或找项目办开通。"),
    "failed_404": _("要找的内容不在了，可能已被移走。请刷新页面。"),
    "failed_409": _("这一项刚被别人改过。请刷新页面，对照后再改。"),
    "failed_413": _("文件过大，没有收下。请拆分或压缩后再传。"),
    "failed_429": _("请求过于频繁，本次没有处理。请稍等一分钟再试。"),
    "failed_503": _("系统正在维护，本次没有处理，所填内容还在。请稍后再试。"),
    "failed_other": _("系统出错，本次没有处理，所填内容还在。请再试一次；仍不行请告诉系统管理员。"),
}
"""Sentences that scripts show; they stand in every page as JSON, in the page's language."""


def known_theme(chosen: str | None) -> str:
    """The theme kept on this device, or "auto" for anything else that the cookie may hold."""
    return chosen if chosen in THEMES else "auto"
