"""What is registered in this installation, read from the code as it runs: the generated page of the walls."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import gettext as _

from guatu.core import jobs, registries, rights
from guatu.core.attachments import attachment_kinds
from guatu.core.audience import AUDIENCES
from guatu.core.pages import ANYONE, SIGNED_IN, Access
from guatu.core.settings import SETTINGS
from guatu.core.writing import ACTIONS, words_of_action

UNDECLARED = ""


@dataclass(frozen=True, slots=True)
class Route:
    """An address with the right that its view declares; empty when it declares none."""

    address: str
    name: str
    right: str
    methods: str

    @property
    def words(self) -> str:
        """The right in words."""
        said = {ANYONE: _("任何人"), SIGNED_IN: _("已登录"), UNDECLARED: _("没有声明")}
        return said.get(self.right) or next(
            (str(row.words) for row in rights.table() if row.action == self.right), self.right
        )


def routes() -> list[Route]:
    """Every address of the product with its declared access."""
    return list(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, before: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, address)
        elif isinstance(pattern, URLPattern):
            access = getattr(pattern.callback, "guatu_access", Access(UNDECLARED, ()))
            yield Route(f"/{address}", pattern.name or "", access.right, " ".join(access.methods))


@dataclass(frozen=True, slots=True)
class Section:
    """One registry: its heading, the heads of its columns, its rows."""

    code: str
    words: str
    heads: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def _parts() -> list[tuple[Any, ...]]:
    """What stands in any registry but the facts', which have their own section."""
    listed = [registry for registry in registries.EVERY if registry is not registries.FACTS]
    return [
        (str(registry.what), name, str(getattr(item, "words", "")))
        for registry in listed
        for name, item in registry.items()
    ]


def sections() -> list[Section]:
    """Everything that packages register, by registry."""
    code, words = _("代码"), _("名称")
    makers: list[tuple[str, str, tuple[str, ...], Callable[[], list[tuple[Any, ...]]]]] = [
        ("parts", _("部件"), (_("种类"), code, words), _parts),
        ("facts", _("事实"), (code, words, _("可见范围")), lambda: [
            (name, str(fact.words), fact.audience) for name, fact in registries.FACTS.items()]),
        ("duties", _("联动"), (_("时机"), code), lambda: list(registries.duties())),
        ("actions", _("操作"), (code, words, _("权限")), lambda: [
            (name, words_of_action(name), info.right) for name, info in sorted(ACTIONS.items())]),
        ("settings", _("设置"), (code, words, _("默认")), lambda: [
            (one.name, str(one.words), one.show(one.default)) for one in SETTINGS.values()]),
        ("audiences", _("可见范围"), (code, words), lambda: [(one.code, str(one.words)) for one in AUDIENCES.values()]),
        ("jobs", _("后台任务"), (code, _("权限")), lambda: [(one.name, one.right) for one in jobs.KINDS.values()]),
        ("files", _("附件所属"), (code,), lambda: [(kind,) for kind in attachment_kinds()]),
        ("routes", _("地址"), (_("地址"), _("权限"), _("方法")), lambda: [
            (one.address, one.words, one.methods) for one in routes()]),
    ]  # fmt: skip
    return [Section(name, said, heads, make()) for name, said, heads, make in makers]
