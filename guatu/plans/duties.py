"""What plans do when a lower package acts."""

from guatu.core.registries import register_duty
from guatu.plans.project_file import add_to_file

register_duty("library.project_file", "plans.plan", 2, add_to_file)
