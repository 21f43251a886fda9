"""Everything that is written about regions, units, posts, people and the work calendar; one module a noun."""

from guatu.people.actions.calendar import (
    FIRST_YEAR,
    Published,
    add_closure,
    add_sitting,
    change_calendar_day,
    end_closure,
    end_sitting,
    publish_calendar_year,
    seed_calendar,
)
from guatu.people.actions.installation import Founder, found_installation
from guatu.people.actions.posts import (
    add_post,
    appoint,
    confirm_post,
    end_post,
    ensure_leader_posts,
    hand_over_post,
)
from guatu.people.actions.regions import add_region, confirm_region, ensure_region, rename_region
from guatu.people.actions.standins import add_liaison, delegate, end_delegation, end_liaison
from guatu.people.actions.tokens import issue_feed, issue_token, revoke_token, withdraw_feed
from guatu.people.actions.units import (
    add_unit,
    confirm_unit,
    end_unit,
    ensure_units,
    merge_unit,
    rename_unit,
    succeed_unit,
)
from guatu.people.actions.users import (
    add_user,
    change_password,
    change_user,
    deactivate_user,
    erase_person,
    reactivate_user,
    set_password,
)

__all__ = [
    "FIRST_YEAR",
    "Founder",
    "Published",
    "add_closure",
    "add_liaison",
    "add_post",
    "add_region",
    "add_sitting",
    "add_unit",
    "add_user",
    "appoint",
    "change_calendar_day",
    "change_password",
    "change_user",
    "confirm_post",
    "confirm_region",
    "confirm_unit",
    "deactivate_user",
    "delegate",
    "end_closure",
    "end_delegation",
    "end_liaison",
    "end_post",
    "end_sitting",
    "end_unit",
    "ensure_leader_posts",
    "ensure_region",
    "ensure_units",
    "erase_person",
    "found_installation",
    "hand_over_post",
    "issue_feed",
    "issue_token",
    "merge_unit",
    "publish_calendar_year",
    "reactivate_user",
    "rename_region",
    "rename_unit",
    "revoke_token",
    "seed_calendar",
    "set_password",
    "succeed_unit",
    "withdraw_feed",
]
