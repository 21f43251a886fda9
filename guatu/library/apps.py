"""Django's registration of the package."""

from guatu.core.apps import GuatuConfig


class LibraryConfig(GuatuConfig):
    """The package as an application."""

    default = True
    name = "guatu.library"
    label = "library"
