"""Django's registration of the package."""

from guatu.core.apps import GuatuConfig


class PlansConfig(GuatuConfig):
    """The package as an application."""

    default = True
    name = "guatu.plans"
    label = "plans"
