"""Catalogues are made without the gettext programs."""

from io import BytesIO

from babel.messages.extract import DEFAULT_KEYWORDS
from django.utils.translation import gettext, override

from guatu.config import catalogues


def test_sentences_of_templates_are_found_whatever_their_form():
    template = """<p title="{% translate '签约' %}">
    {% blocktranslate trimmed %}
      {{ n }} rows
      of many
    {% endblocktranslate %}</p>"""
    found = list(catalogues.extract_template(BytesIO(template.encode()), DEFAULT_KEYWORDS, [], {}))
    assert [(line, text) for line, _, text, _ in found] == [(1, "签约"), (2, "%(n)s rows of many")]


def test_compiled_catalogues_are_what_django_reads(settings, tmp_path, monkeypatch):
    committed = {locale: catalogues.path_of(locale) for locale in catalogues.LOCALES}
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    for locale, path in committed.items():
        (tmp_path / locale / "LC_MESSAGES").mkdir(parents=True)
        (tmp_path / locale / "LC_MESSAGES" / "django.po").write_bytes(path.read_bytes())
    catalogues.compile_all()
    settings.LOCALE_PATHS = [tmp_path]
    from django.utils.translation import trans_real

    monkeypatch.setattr(trans_real, "_translations", {})
    with override("zh-hant"):
        assert gettext("项目办主任") == "項目辦主任"
    monkeypatch.setattr(trans_real, "_translations", {})


def test_new_sentences_are_filled_in_traditional_and_left_to_people_in_english(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    catalogues.update()
    traditional, english = catalogues.read("zh_Hant"), catalogues.read("en")
    assert len(english) == len(traditional) > 50
    assert traditional.get("项目办主任").string == "項目辦主任"
    assert [message.id for message in english if message.id and any(message.string)] == []


def test_a_reviewed_traditional_sentence_stays_and_the_terms_reach_it(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    path = catalogues.path_of("zh_Hant")
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        '#, fuzzy\nmsgid "看表格"\nmsgstr ""\n\n'
        'msgid "审核{name}"\nmsgstr "經由{name}審覈"\n'
    )
    catalogues.fill_traditional()
    filled = catalogues.read("zh_Hant")
    assert (filled.get("看表格").string, filled.get("看表格").fuzzy) == ("看表格", False)
    assert filled.get("审核{name}").string == "經由{name}審核"
