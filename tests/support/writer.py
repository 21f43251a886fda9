"""Writes regions one by one, each in its own action, and prints its number and code once it is confirmed.

python -m tests.support.writer FIRST
"""

import sys

from guatu.config.main import set_up


def main(first: int) -> None:
    """Write for ever."""
    set_up()
    from guatu.core.actor import OPERATOR
    from guatu.people.actions import ensure_region

    number = first
    while True:
        code = f"4103{number // 999 % 90 + 10}{number % 999 + 1:03}"
        ensure_region(actor=OPERATOR, code=code)
        sys.stdout.write(f"{number} {code}\n")
        sys.stdout.flush()
        number += 1


if __name__ == "__main__":
    main(int(sys.argv[1]))
