"""Django's registration of the package."""

from guatu.core.apps import GuatuConfig


class FiguresConfig(GuatuConfig):
    """The package as an application."""

    default = True
    name = "guatu.figures"
    label = "figures"
