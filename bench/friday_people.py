"""Friday's district and its people: `python -m bench.friday_people PROJECTS PEOPLE`, one JSON line a person."""

import json
import sys

from guatu.config.main import set_up


def main(arguments: list[str]) -> int:
    """Load a district and sign reporters of its units in; print each one's cookie and projects."""
    projects, people = int(arguments[0]), int(arguments[1])
    set_up()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from bench.district import UNITS, build
    from guatu.config.installation import collect_static
    from guatu.library.models import Project
    from guatu.people.models import Post, Region, User

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    collect_static()
    district = build(projects, 1)
    region = Region.objects.get(pk=district.region_ids[0])
    held: dict[int, list[int]] = {}
    for number in range(people):
        held.setdefault(number % UNITS + 1, []).append(number)
    for unit, persons in held.items():
        ids = list(Project.objects.filter(unit_id=unit).order_by("pk").values_list("pk", flat=True))
        for place, number in enumerate(persons):
            user = User.objects.create(username=f"friday-{number}", name="示例", password="!")
            Post.objects.create(kind="reporter", title=f"填报人{number}", region=region, unit_id=unit, user=user)
            client = Client(SERVER_NAME="127.0.0.1")
            client.force_login(user, "django.contrib.auth.backends.ModelBackend")
            name = settings.SESSION_COOKIE_NAME
            cookie = f"{name}={client.cookies[name].value}"
            print(json.dumps({"cookie": cookie, "projects": ids[place :: len(persons)]}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
