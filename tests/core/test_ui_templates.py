"""Every template of core renders to sound HTML that the policy allows: no inline style or script, nothing outside."""

import json
import re
from pathlib import Path

import html5lib
import pytest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.loader import get_template
from django.test import RequestFactory, override_settings
from django.utils import translation

import guatu.core
from guatu.core.ui import samples
from guatu.core.ui.views import components

ROOT = Path(guatu.core.__file__).parent
TEMPLATES = sorted(str(path.relative_to(ROOT / "templates")) for path in (ROOT / "templates").rglob("*.html"))
XHTML = "{http://www.w3.org/1999/xhtml}"
OUTSIDE = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9]", re.IGNORECASE)
NAV = [
    {"label": "调度", "url": "/dispatch/", "current": True},
    {"label": "项目库", "url": "/library/", "current": False},
]
POSTS = [{"id": "p1", "label": "区重点项目办 经办", "current": True}, {"id": "p2", "label": "投资科", "current": False}]


class AnyRefusal:
    """Stands for a refusal: pages print it as its sentence."""

    def __str__(self):
        return "“甲”刚被别人改过。请对照后再决定。"


def full_context():
    """Names that the templates read, every one of them given."""
    parts = samples.parts()
    return parts | {
        "nav": NAV, "posts": POSTS, "post_switch_url": "/post/", "account_name": "项目办", "sign_out_url": "/logout/",
        "account_url": "/me/", "search_url": "/search/", "todo_url": "/today/", "todo_count": 7, "theme": "night",
        "region_name": "西工区", "list_name": "2021 年区重点项目名单", "data_time": "3月26日 17:40",
        "demonstration": True,
        "page_title": "调度", "page_sub": "亿元", "crumbs": [{"label": "项目库", "url": "/library/"}, {"label": "甲"}],
        "refusal": AnyRefusal(), "items": [{"message": "第 3 行 F 列：不是数字"}], "incident": "0192",
        "reason": "请重新登录",
        "name": "red", "word": None, "text": "文字", "title": "标题", "label": "名称", "url": "/x/", "tone": "red",
        "actions": parts["empty_actions"], "problems": parts["problems"], "chart": parts["lines"],
        "rows": parts["conflict"], "page": Paginator(range(90), 50).page(1), "pages": [1, 2], "query": "?page=",
        "field": parts["form"]["amount"], "echo": "12,000 万元", "percent": 40, "values": [1, 2], "plan": [1, 2],
        "id": "d1", "keep": [("list", "1")], "direction": "descending", "rank": 1, "num": True, "remove_url": "/y/",
    }  # fmt: skip


def rendered(name, context):
    context = dict(context)
    if name.endswith(("components/table.html", "core/components.html")):
        context["rows"] = samples.parts()["rows"]
    request = RequestFactory().get("/some/page/?a=1")
    return get_template(name).render(context, request)


def parse(html, *, whole):
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=True)
    # SVG's own attributes and self-closing marks are sound HTML5; the strict parser raises on everything else.
    return parser.parse(html) if whole else parser.parseFragment(html, container=_container(html))


def _container(html):
    start = re.sub(r"\{#.*?#\}", "", html).lstrip()[:4]
    return "tr" if start.startswith("<th") else "div"


def check(tree):
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        assert "style" not in element.attrib, element.attrib
        assert not [name for name in element.attrib if str(name).startswith("on")], element.attrib
        for name in ("href", "src", "action", "hx-get", "hx-post"):
            assert not OUTSIDE.match(element.attrib.get(name, "")), element.attrib
        if element.tag == f"{XHTML}script" and "src" not in element.attrib:
            assert element.attrib.get("type") == "application/json"
            json.loads(element.text)
        assert element.tag != f"{XHTML}style"


def ids_of(tree):
    return [element.attrib["id"] for element in tree.iter() if "id" in element.attrib]


@pytest.fixture(autouse=True)
def _chinese():
    with translation.override("zh-hans"):
        yield


def test_there_are_templates():
    assert "core/base.html" in TEMPLATES
    assert len(TEMPLATES) > 40


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("full", [True, False], ids=["all names given", "no names given"])
def test_a_template_renders_to_sound_html(name, full):
    needs_objects = {"chart", "ruler", "pagination", "field", "light", "months", "spark", "components"}
    if not full and (needs_objects & set(re.split(r"[/.]", name)) or "core/components" in name):
        context = full_context()  # a part of this kind is only ever used with its object
    else:
        context = full_context() if full else {}
    html = rendered(name, context)
    whole = html.lstrip().lower().startswith("<!doctype")
    tree = parse(html, whole=whole)
    check(tree)
    ids = ids_of(tree)
    assert len(ids) == len(set(ids)), sorted(one for one in ids if ids.count(one) > 1)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_stays_short_and_carries_no_inline_style(name):
    source = (ROOT / "templates" / name).read_text()
    assert source.count("\n") <= 150
    assert not re.search(r"\sstyle=|<style|javascript:|\son[a-z]+=", source)


@pytest.mark.parametrize("code", ["400", "401", "403", "404", "405", "413", "429", "500", "503"])
def test_an_error_page_needs_no_context_and_says_what_to_do(code):
    html = get_template(f"core/errors/{code}.html").render({})
    check(parse(html, whole=True))
    assert code in html
    assert "请" in html


def test_an_old_form_is_told_apart_from_a_missing_right():
    assert "返回上一页刷新" in rendered("core/errors/403.html", {"csrf": True})
    assert "返回上一页刷新" not in rendered("core/errors/403.html", {})


@pytest.mark.parametrize(("language", "lang"), [("zh-hans", "zh-Hans"), ("zh-hant", "zh-Hant"), ("en", "en")])
def test_the_page_says_its_language(language, lang):
    with translation.override(language):
        assert f'<html lang="{lang}"' in rendered("core/page.html", {"page_title": "x"})


def test_the_page_is_drawn_in_the_chosen_theme():
    assert 'data-theme="night"' in rendered("core/page.html", {"theme": "night"})
    assert 'data-theme="auto"' in rendered("core/page.html", {"theme": "purple"})


def test_the_component_page_answers():
    request = RequestFactory().get("/components/")
    response = components(request)
    assert isinstance(response, HttpResponse)
    assert response.status_code == 200
    assert "这一项刚被别人改过" in response.content.decode()


def test_news_is_a_toast_and_an_error_stands_in_the_page():
    class Message:
        def __init__(self, tags, text):
            self.tags, self.text = tags, text

        def __str__(self):
            return self.text

    html = get_template("core/base.html").render(
        {"messages": [Message("success", "已提交 5 项"), Message("error", "没有存入")]}
    )
    toasts = html[html.index('id="toasts"') :]
    notices = html[html.index('id="notices"') : html.index('id="toasts"')]
    assert "已提交 5 项" in toasts
    assert "没有存入" not in toasts
    assert "没有存入" in notices
    assert 'role="alert"' in notices


def test_what_others_typed_is_escaped():
    html = rendered("core/partials/note.html", {"text": "<script>alert(1)</script>", "title": "<b>"})
    assert "<script>" not in html
    tabs = [{"label": "<img src=x>", "url": "/x/?a=1&b=2", "count": 0}]
    assert "<img" not in rendered("core/partials/tabs.html", {"tabs": tabs})


@override_settings(STATIC_URL="/static/")
def test_the_stylesheet_and_scripts_come_from_here():
    html = rendered("core/page_chart.html", {})
    assert 'href="/static/guatu/dist/guatu.css"' in html
    assert 'src="/static/guatu/dist/main.js"' in html
    assert 'src="/static/guatu/dist/charts.js"' in html
