"""Django's registration of the package."""

from guatu.core.apps import GuatuConfig


class ReportingConfig(GuatuConfig):
    """The package as an application."""

    default = True
    name = "guatu.reporting"
    label = "reporting"
