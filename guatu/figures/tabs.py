"""What figures register upward: the sentence with which a project's page opens."""

from guatu.core.registries import LEDES, Lede
from guatu.figures.project_lede import project_lede

LEDES.add("figures.project", Lede("library.project", "figures.view", project_lede))
