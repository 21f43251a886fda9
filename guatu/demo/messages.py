"""The sentences of the refusals about founding scenarios."""

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import declare

declare(
    {
        "demo.no_scenario": _("没有名为“{name}”的建设场景。可用的有：{known}。"),
        "demo.scenario_loaded": _("建设场景“{name}”已经在这个安装里，没有改动。"),
        "demo.not_loaded": _("建设场景“{name}”不在这个安装里。先运行 guatu scenario load {name}。"),
        "demo.real_lists": _("这个安装里有“{list}”，不是建设场景的名单。建设场景只能装进空的或只有建设场景的安装。"),
    }
)
