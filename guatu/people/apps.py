"""Django's registration of the package."""

from guatu.core.apps import GuatuConfig


class PeopleConfig(GuatuConfig):
    """The package as an application."""

    default = True
    name = "guatu.people"
    label = "people"
