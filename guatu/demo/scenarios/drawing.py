"""How a scenario's invented part is drawn: amounts that add up to a printed total, names that say they are examples."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from guatu.demo.scenarios.model import YI
from guatu.domain.rounding import largest_remainder

HUNDREDTH = YI // 100  # printed amounts have up to two decimals of 亿元
GROUPS = ("产业发展", "基础设施", "城市更新", "社会民生", "生态环保")


def shares(total: int, count: int, seed: str) -> tuple[int, ...]:
    """`count` uneven amounts in whole millions that add up to `total` exactly."""
    rng = Random(f"guatu:{seed}")
    weights = tuple(rng.randint(4, 40) for _ in range(count))
    return tuple(part * HUNDREDTH for part in largest_remainder(total // HUNDREDTH, weights))


def parts(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """`total` in whole yuan split in proportion to `weights`, exactly."""
    return largest_remainder(total, tuple(weights))


def names(named: Sequence[str], count: int, what: str) -> list[tuple[str, bool]]:
    """(name, whether the article names it): the named ones first, then invented ones that say so."""
    found = [(name, True) for name in named]
    return found + [(f"示例·{what}{number:03d}号项目", False) for number in range(len(named) + 1, count + 1)]


def days(first: date, last: date, count: int) -> list[date]:
    """`count` days spread evenly after `first`, the last of them `last` itself."""
    span = (last - first).days
    return [first + timedelta(days=-(-span * place // count)) for place in range(1, count + 1)]


def group_of(number: int) -> str:
    """The invented class of a project."""
    return GROUPS[number % len(GROUPS)]
