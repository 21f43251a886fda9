"""Prints the codes of all regions of an installation, one a line."""

import sys

from guatu.config.main import set_up

if __name__ == "__main__":
    set_up()
    from guatu.people.models import Region

    for code in Region.objects.values_list("code", flat=True):
        sys.stdout.write(code + "\n")
