"""Django's registration of the package."""

from guatu.core.apps import GuatuConfig


class PublishingConfig(GuatuConfig):
    """The package as an application."""

    default = True
    name = "guatu.publishing"
    label = "publishing"
