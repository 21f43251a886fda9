"""Django's registration of the package, and of what every package registers when the product starts."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

# Modules that register something by being imported; absent where a package has none.
REGISTERING = ("messages", "policies", "actions", "undoing", "facts", "duties", "jobs", "tables", "tabs")


class GuatuConfig(AppConfig):
    """A package of the product: imports its registering modules once everything is loaded."""

    def ready(self) -> None:
        for name in REGISTERING:
            if find_spec(f"{self.name}.{name}") is not None:
                import_module(f"{self.name}.{name}")


class CoreConfig(GuatuConfig):
    """The package as an application."""

    default = True
    name = "guatu.core"
    label = "core"
