"""Django's registration of the package."""

from guatu.core.apps import GuatuConfig


class DispatchConfig(GuatuConfig):
    """The package as an application."""

    default = True
    name = "guatu.dispatch"
    label = "dispatch"
