"""Reading of regions, posts and people, and of the work calendar, for pages, commands and the packages above."""

from guatu.people.queries.calendar import (
    Subject,
    beyond_words,
    calendar_for,
    calendars_for,
    forget_calendars,
    known_years,
    occurrences,
    sitting_named,
    table_end,
)
from guatu.people.queries.holding import closures_for, sitting_words_for, sittings_for
from guatu.people.queries.posts import (
    actor_from_text,
    double_duty_entries,
    double_duty_users,
    in_force,
    post_as_json,
    post_from_text,
    post_ids_under,
    posts_in_force,
    posts_of,
    project_office,
    regions_under,
    stand_ins_of,
)
from guatu.people.queries.tokens import feed_actor, token_digest

__all__ = [
    "Subject",
    "actor_from_text",
    "beyond_words",
    "calendar_for",
    "calendars_for",
    "closures_for",
    "double_duty_entries",
    "double_duty_users",
    "feed_actor",
    "forget_calendars",
    "in_force",
    "known_years",
    "occurrences",
    "post_as_json",
    "post_from_text",
    "post_ids_under",
    "posts_in_force",
    "posts_of",
    "project_office",
    "regions_under",
    "sitting_named",
    "sitting_words_for",
    "sittings_for",
    "stand_ins_of",
    "table_end",
    "token_digest",
]
