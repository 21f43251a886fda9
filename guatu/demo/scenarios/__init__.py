"""The founding scenarios: five articles as installations whose figures are held against what was printed."""

from guatu.core.refusals import Refusal
from guatu.demo.scenarios.luoyang_2020 import SCENARIO as LUOYANG_2020
from guatu.demo.scenarios.model import Scenario
from guatu.demo.scenarios.weidong_2015 import SCENARIO as WEIDONG_2015
from guatu.demo.scenarios.xigong_2019 import SCENARIO as XIGONG_2019
from guatu.demo.scenarios.xigong_2021 import SCENARIO as XIGONG_2021
from guatu.demo.scenarios.yuzhong_2022 import SCENARIO as YUZHONG_2022

SCENARIOS: dict[str, Scenario] = {
    row.code: row for row in (XIGONG_2019, XIGONG_2021, WEIDONG_2015, LUOYANG_2020, YUZHONG_2022)
}
SCENARIO_OF_LIST = {row.name: scenario.code for scenario in SCENARIOS.values() for row in scenario.lists}


def find(code: str) -> Scenario:
    """The scenario of a name; refuses one that there isn't."""
    if code not in SCENARIOS:
        raise Refusal("demo.no_scenario", name=code[:40], known="、".join(SCENARIOS))
    return SCENARIOS[code]
