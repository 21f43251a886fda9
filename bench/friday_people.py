"""Friday's district and its people: `python -m bench.friday_people PROJECTS PEOPLE`, one JSON line a person."""

import json
import sys

from guatu.config.main import set_up


def _ask_weekly(region_id: int) -> None:
    """The week's report of raised projects, asked of all: its fields, its cut-off on Thursday, its due time."""
    from bench.district import AS_OF
    from guatu.core.actor import OPERATOR
    from guatu.people.models import Region
    from guatu.reporting.actions import adopt_rule, draft_rule
    from guatu.reporting.queries.rule_presets import PRESETS

    ready = PRESETS["week_raised"]
    rule = {name: value for name, value in ready.rule.items() if name != "lighter"} | {"asks": {}}
    region = Region.objects.get(pk=region_id)
    row = draft_rule(actor=OPERATOR, region=region, code=ready.kind, name=ready.name, kind=ready.kind, rule=rule)
    adopt_rule(actor=OPERATOR, row=row, seen=row.version, valid_from=AS_OF, approved_by="示例")


def main(arguments: list[str]) -> int:
    """Load a district and sign reporters of its units in; print each one's cookie, unit and asked reports."""
    projects, people = int(arguments[0]), int(arguments[1])
    set_up()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from bench.district import AS_OF, UNITS, build
    from guatu.config.installation import collect_static
    from guatu.library.models import Project
    from guatu.people.models import Post, Region, Unit, User
    from guatu.reporting.queries.asked import wanted

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    collect_static()
    district = build(projects, 1)
    _ask_weekly(district.region_ids[0])
    region = Region.objects.get(pk=district.region_ids[0])
    asked = wanted(Project.objects.filter(region=region).select_related("region", "unit"), AS_OF)
    held: dict[int, list[int]] = {}
    for number in range(people):
        held.setdefault(number % UNITS + 1, []).append(number)
    for unit, persons in held.items():
        of_unit = [one for one in asked if one.project.unit_id == unit]
        for place, number in enumerate(persons):
            user = User.objects.create(username=f"friday-{number}", name="示例", password="!")
            Post.objects.create(kind="reporter", title=f"填报人{number}", region=region, unit_id=unit, user=user)
            client = Client(SERVER_NAME="127.0.0.1")
            client.force_login(user, "django.contrib.auth.backends.ModelBackend")
            name = settings.SESSION_COOKIE_NAME
            cookie = f"{name}={client.cookies[name].value}"
            reports = [(str(one.project.public_id), one.expected.period.code) for one in of_unit[place :: len(persons)]]
            told = {"cookie": cookie, "unit": str(Unit.objects.get(pk=unit).public_id), "reports": reports}
            print(json.dumps(told), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
