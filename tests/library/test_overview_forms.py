"""The table counts a package once; the overview has steps, class in words, the year's money and code hints."""

from datetime import date

from django.http import QueryDict

from guatu.core.tables import Column, Table
from guatu.library import actions
from guatu.library.queries.codes import code_hint, industry_words
from guatu.reporting import actions as reporting
from tests.library.conftest import YI
from tests.library.test_pages import text_of, url


def test_a_package_counts_once_in_the_table_and_lists_its_sub_projects(shelf):
    package = shelf.project("停车场打包项目", is_package=True, total=YI)
    for number, stage in (("一", "completed"), ("二", "started"), ("三", "completed")):
        shelf.project(f"{number}号停车场", package=package, stage=stage, stage_on=date(2019, 2, 1))
    client = shelf.cast.client("office")
    assert "一号停车场" not in text_of(client.get(url("projects")))
    assert "一号停车场" in text_of(client.get(url("projects"), {"subs": "1"}))
    assert "一号停车场" in text_of(client.get(url("projects"), {"q": "一号"}))
    page = text_of(client.get(url("project", package)))
    assert "3 个，已建成 2 个" in page
    assert "二号停车场" in page
    assert "2019-02-01" in page


def test_whoever_answers_only_for_a_sub_project_still_finds_it_in_the_table(shelf):
    package = shelf.project("停车场打包项目", is_package=True)
    child = shelf.project("一号停车场", package=package)
    unit = shelf.cast.unit("housing")
    actions.assign(actor=shelf.office, project=child, role="responsible", unit=unit, on=date(2019, 1, 1))
    page = text_of(shelf.cast.client("reporter").get(url("projects")))
    assert "一号停车场" in page
    assert "打包项目</a>" not in page


def test_names_are_in_the_order_of_their_pinyin(shelf):
    for name in ("中州路", "阿里路", "锦堂里"):
        shelf.project(name)
    page = text_of(shelf.cast.client("office").get(url("projects")))
    assert page.index("阿里路") < page.index("锦堂里") < page.index("中州路")
    page = text_of(shelf.cast.client("office").get(url("projects"), {"sort": "-name"}))
    assert page.index("中州路") < page.index("锦堂里") < page.index("阿里路")


def test_a_leader_without_a_name_is_shown_by_title(shelf):
    project, post = shelf.project(), shelf.cast.post("lead")
    type(post).objects.filter(pk=post.pk).update(holder="")
    actions.assign(actor=shelf.office, project=project, role="lead", post=post, on=date(2019, 1, 1))
    assert post.title in text_of(shelf.cast.client("office").get(url("projects")))


def test_the_overview_shows_steps_class_in_words_and_the_years_money(shelf):
    project = shelf.project(stage="preliminary", profile={"industry": "E47"}, code="2019-410303-48-01")
    row = reporting.ReadingRow(project=project, on=date(2019, 3, 28), cumulative=6 * YI, ytd=YI, words="桩基 41%")
    reporting.record_readings(actor=shelf.office, rows=[row])
    page = text_of(shelf.cast.client("office").get(url("project", project)))
    assert "E 建筑业 · 47" in page
    assert "2019年逐月完成投资" in page
    assert "阶段进程" in page
    assert "不是国家代码的样式" in page
    quiet = shelf.project("别的", code="2019-410303-48-01-100371")
    assert "tag-yellow" not in text_of(shelf.cast.client("office").get(url("project", quiet)))


def test_wrong_codes_are_hinted_at_with_the_reason():
    assert code_hint("project", "2019-410303-48-01-100371") == code_hint("project", "") == code_hint("owner", "") == ""
    assert "样式" in code_hint("project", "12345")
    assert "18 位" in code_hint("owner", "9141030")
    assert code_hint("owner", "91350100M000100Y43") == ""
    assert "3" in code_hint("owner", "91350100M000100Y42")
    assert "C" in code_hint("industry", "A32")
    assert "99" in code_hint("region", "990101")
    assert code_hint("industry", "城市更新") == ""
    assert industry_words("47") == "E 建筑业 · 47"
    assert industry_words("制造业") == "C 制造业"
    assert industry_words("不详") == "不详"


def test_rows_at_hand_follow_the_order_field_too(shelf):
    table = Table("test.names", "名", (Column("name", "名", order_field="sort_key"),), default_sort="name")
    rows = [{"name": "中", "sort_key": "zhong"}, {"name": "阿", "sort_key": "a"}, {"name": "锦", "sort_key": "jin"}]
    names = [row[0] for row in table.open(QueryDict(), rows, shelf.office).page_rows()]
    assert names == ["阿", "锦", "中"]
