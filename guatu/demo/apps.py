"""Django's registration of the package."""

from guatu.core.apps import GuatuConfig


class DemoConfig(GuatuConfig):
    """The package as an application."""

    default = True
    name = "guatu.demo"
    label = "demo"
