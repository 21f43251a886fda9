"""What the record holds beside its imports: a person in a post, a remembered map, an import that is not finished."""

import sys
from pathlib import Path

from guatu.config.main import set_up

PASSWORD = "qiaoliang-2019-lvdeng"


def main(path: Path) -> None:
    """Add them to the installation of this environment."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from guatu.core.actor import OPERATOR, Way
    from guatu.core.attachments import keep_file
    from guatu.library.actions import change_draft
    from guatu.people import actions, policies
    from guatu.people.models import Region, Unit
    from guatu.reporting import drafts, imports

    region = Region.objects.get(code="410303")
    user = actions.add_user(
        actor=OPERATOR,
        username="office",
        name="项目办干事甲",
        phone="13800000000",
        password=PASSWORD,
        must_change=False,
    )
    unit = Unit.objects.order_by("pk").first()
    post = actions.add_post(actor=OPERATOR, kind="office", title="项目办干事", unit=unit, region=region, order=1)
    actions.appoint(actor=OPERATOR, user=user, post=post)
    file = keep_file(SimpleUploadedFile("二〇二〇年计划.xlsx", path.read_bytes()), kinds=("xlsx",))
    order = imports.Order(
        kind=imports.PLAN, path=file.path, name=file.name, year=2020, level="district", region=region.code
    )
    office = policies.actor_for(user, post, Way.PAGE)
    draft = drafts.begin(office, file, order, {"region": region, "level": "district", "year": 2020})
    draft.refresh_from_db()
    change_draft(actor=office, draft=draft, seen=draft.version, values={"mapping": {"columns": {"年度目标": "goal"}}})


if __name__ == "__main__":
    set_up()
    main(Path(sys.argv[1]))
