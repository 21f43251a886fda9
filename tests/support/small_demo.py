"""A small demonstration district, written into an installation of its own: `python -m tests.support.small_demo 24`."""

import sys
from datetime import date

from guatu.config import main

SEED, TODAY = 7, date(2026, 8, 12)


def build(projects: int) -> None:
    """Write the district; the installation is migrated and empty. Its log-ins are kept in its data folder."""
    main.set_up()
    from guatu.demo.build import build as write

    write(SEED, TODAY, projects=projects)


if __name__ == "__main__":
    build(int(sys.argv[1]))
