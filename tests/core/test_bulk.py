"""Rows by the thousand are the rows that `save` would have made, under ids that nobody else gets."""

import random
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from guatu.core import trail
from guatu.core.actor import OPERATOR
from guatu.core.bulk import MANY, insert_rows, new_row, thin
from guatu.core.canonical import canonical, digest, digest_with_rows
from guatu.core.changes import added_texts, trail_columns, trail_values
from guatu.core.ids import new_public_id
from guatu.core.models import TrailChange, TrailEntry
from guatu.core.writing import action, current
from guatu.library.choices import EntryKind, Stage
from guatu.library.models import AnnualList, ListEntry, Project, ProjectProfile
from guatu.people.models import Post, Region

TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20)
CELLS = st.fixed_dictionaries(
    {
        "name": TEXTS,
        "remark": st.sampled_from(["", '“引号" \\ 100%\n\t\x1f', "续建"]),
        "jobs": st.none() | st.integers(-(2**31), 2**31 - 1),
        "stage": st.sampled_from([Stage.IDEA, "started"]),
        "stage_on": st.none() | st.dates(date(1990, 1, 1), date(2050, 1, 1)),
        "land_mu": st.none() | st.decimals(0, 999, places=2),
        "boundary": st.none() | st.lists(st.integers() | TEXTS | st.booleans(), max_size=3),
        "promoted": st.booleans(),
        "contact": TEXTS,
    }
)


@given(st.lists(CELLS, min_size=1, max_size=5))
def test_what_the_trail_keeps_of_many_rows_is_spelled_as_of_one(listed):
    rows = [Project(region_id=1, **cells) for cells in listed]
    columns = trail_columns(Project)
    assert added_texts(rows) == [canonical(trail_values(row, columns)) for row in rows]


@given(st.dictionaries(TEXTS, TEXTS), st.lists(CELLS, max_size=3))
def test_a_list_digested_row_by_row_has_the_digest_of_the_whole(head, listed):
    assert digest_with_rows(head, listed) == digest(canonical([head, listed]))


@given(CELLS)
def test_a_row_made_quickly_is_the_row_that_the_constructor_makes(cells):
    region = Region(id=7, code="1", name="示例", level="district", path="1/")
    quick, slow = new_row(Project, region=region, **cells), Project(region=region, **cells)
    quick.public_id = slow.public_id
    names = [field.attname for field in Project._meta.concrete_fields]
    assert [getattr(quick, name) for name in names] == [getattr(slow, name) for name in names]
    assert (quick.region, quick.package, quick._state.adding) == (slow.region, slow.package, slow._state.adding)


def test_a_row_made_quickly_has_no_column_that_its_model_has_not():
    with pytest.raises(TypeError):
        new_row(Project, colour="red")


def _region() -> Region:
    return Region.objects.create(code="410303", name="示例区", level="district", path="410000/410303/")


def _projects(region: Region, count: int) -> list[Project]:
    chance = random.Random(count)
    return [
        new_row(
            Project,
            name=f"示例“{number}”号\t项目\\",
            region=region,
            match_key=str(number),
            boundary=chance.choice([None, [], {"点": [1, None, True]}]),
            land_mu=chance.choice([None, "12.50"]),
            stage_on=chance.choice([None, date(2026, 3, number % 28 + 1)]),
            jobs=chance.choice([None, number]),
            promoted=bool(number % 2),
        )
        for number in range(count)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3, 70])
def test_inserted_rows_are_those_that_save_makes(count: int):
    region = _region()
    many, one_by_one = _projects(region, count), _projects(region, count)
    insert_rows(many)
    for row in one_by_one:
        row.save(force_insert=True)
    names = [f.attname for f in Project._meta.concrete_fields if f.attname not in ("id", "public_id")]
    stored = {row.pk: row for row in Project.objects.all()}
    assert len(stored) == 2 * count  # ids taken beforehand and ids given by the database do not meet
    for first, second in zip(many, one_by_one, strict=True):
        left, right = stored[first.pk], stored[second.pk]
        assert [getattr(left, name) for name in names] == [getattr(right, name) for name in names]
        assert (left.public_id, first._state.adding) == (first.public_id, False)


@pytest.mark.django_db
def test_facts_with_moments_lists_and_keys_of_rows_saved_later():
    region = _region()
    project = Project(name="示例", region=region)
    at = datetime(2026, 3, 1, 8, 30, 1, 5, tzinfo=UTC)
    common = {"effective_on": date(2026, 1, 1), "booked_on": date(2026, 1, 2), "recorded_at": at}
    profile = ProjectProfile(project=project, region=region, themes=[3, 1], entry_id=new_public_id(), **common)
    with pytest.raises(ValueError, match="no id yet"):
        insert_rows([profile])
    insert_rows([project])
    insert_rows([profile])
    listed = AnnualList.objects.create(level="district", region=region, year=2026, name="示例")
    insert_rows([ListEntry(annual_list=listed, project=project, kind=EntryKind.NEW_START, **common)])
    stored = ProjectProfile.objects.get()
    assert (stored.pk, stored.project_id, stored.themes) == (profile.pk, project.pk, [3, 1])
    assert (stored.recorded_at, stored.entry_id) == (at, profile.entry_id)
    assert ListEntry.objects.get().kind == "new_start"


@pytest.mark.django_db
@pytest.mark.parametrize("count", [2, 60])
def test_what_the_database_refuses_comes_as_it_does_from_save(count: int):
    region = _region()
    rows = _projects(region, count)
    rows[-1].public_id = rows[0].public_id
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(rows)
    assert not Project.objects.exists()


@pytest.mark.django_db
def test_a_thinned_row_reads_the_rest_when_it_is_asked():
    region = _region()
    row = _projects(region, 1)[0]
    row.remark = "备注"
    insert_rows([row])
    thin(row, ("name", "region"))
    assert "remark" not in row.__dict__
    assert (row.name, row.region, row.remark, row.version) == ("示例“0”号\t项目\\", region, "备注", 1)


@action("tests.add_projects", "成批登记", right="library.register_many")
def add_projects(*, actor, region: Region, count: int) -> list[Project]:
    projects = list(current().add_many(_projects(region, count)))
    leader = current().add(Post(kind="leader", title="示例", holder="张三", region=region))
    current().record_many(
        [ProjectProfile(project=each, region=region, effective_on=date(2026, 1, 1), themes=[]) for each in projects]
    )
    current().change(projects[0], name="改名")
    current().about(leader)
    return projects


@pytest.mark.django_db
def test_a_chain_goes_on_over_entries_that_were_written_change_by_change(django_capture_on_commit_callbacks):
    """As the trail was written before rows were spelled by columns: the same recipe, applied to single rows."""
    with transaction.atomic():
        region = _region()
        entry_id = new_public_id()
        change = TrailChange(
            entry_id=entry_id,
            sequence=0,
            kind="add",
            model="people.region",
            row_id=str(region.pk),
            about_kind="people.region",
            about_id=str(region.public_id),
            values=canonical(trail_values(region, trail_columns(Region))),
        )
        change.save()
        entry = TrailEntry(
            id=entry_id, action="tests.old", at=datetime(2025, 1, 1, tzinfo=UTC), actor_label="", way="x"
        )
        entry.reason, entry.params, entry.subject_kind, entry.subject_id = "", "{}", "", ""
        entry.changes_count, entry.changes_digest = 1, digest(trail.change_line(change))
        trail.seal(entry)
    trail.append_head(entry.number, entry.digest)
    with django_capture_on_commit_callbacks(execute=True):
        add_projects(actor=OPERATOR, region=region, count=2100)
    verdict = trail.verify()
    assert (verdict.valid, verdict.entries) == (True, 2), verdict
    assert TrailChange.objects.count() == 1 + 2100 + 1 + 2100 + 1
    TrailChange.objects.filter(kind="change").update(values="{}")
    assert trail.verify().first_bad == 2


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pages", "rows"), [(0, -1), (0, 0), (400, 0), (400, MANY // 2)], ids=["never", "new", "emptied", "half"]
)
def test_postgresql_knows_at_once_how_large_a_table_has_become(pages, rows):
    table = Region._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = false)")  # else it may look in between by itself
        cursor.execute("UPDATE pg_class SET relpages = %s, reltuples = %s WHERE relname = %s", [pages, rows, table])
    insert_rows(
        [new_row(Region, code=f"41{n:04}", name=f"区{n}", level="district", path=f"41{n:04}/") for n in range(MANY)]
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [table])
        assert cursor.fetchone()[0] >= MANY


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_large_table_of_postgresql_is_not_looked_at_for_a_small_part():
    table = Region._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = false)")
        cursor.execute("UPDATE pg_class SET relpages = 400, reltuples = 9999 WHERE relname = %s", [table])
    insert_rows(
        [new_row(Region, code=f"41{n:04}", name=f"区{n}", level="district", path=f"41{n:04}/") for n in range(MANY)]
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [table])
        assert cursor.fetchone()[0] == 9999
