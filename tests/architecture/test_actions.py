"""Every action is named after its package and verb, has words in three languages, and a row in the rights table."""

import re

from django.utils.translation import override

from guatu.config import catalogues
from guatu.core import rights
from guatu.core.refusals import Sentence, declared_codes
from guatu.core.writing import ACTIONS, ActionInfo
from tests.architecture import code

NAME = re.compile(r"[a-z_]+\.[a-z]+(?:_[a-z0-9]+)*")


def _ours() -> list[ActionInfo]:
    found = [info for info in ACTIONS.values() if info.function.__module__.startswith("guatu.")]
    assert found, "no action was found"
    return found


def _source(words: Sentence) -> str:
    with override("zh-hans"):
        return str(words)


def _lacking(sentences: dict[str, str]) -> list[str]:
    """Names whose sentence has no entry in a catalogue."""
    books = {locale: catalogues.read(locale) for locale in catalogues.LOCALES}
    return [
        f"{name} ({locale}): {text}"
        for locale, book in books.items()
        for name, text in sentences.items()
        if (found := book.get(text)) is None or not found.string
    ]


def test_every_action_is_named_after_its_package():
    wrong = [
        info.name
        for info in _ours()
        if not NAME.fullmatch(info.name) or info.name.split(".")[0] != info.function.__module__.split(".")[1]
    ]
    assert wrong == []


def test_every_action_stands_in_actions_and_takes_its_actor_by_name():
    wrong = []
    for info in _ours():
        code_of = info.function.__wrapped__.__code__  # type: ignore[attr-defined]  # functools.wraps sets it
        by_name = code_of.co_varnames[code_of.co_argcount :][: code_of.co_kwonlyargcount]
        package, role = info.function.__module__.split(".")[1:3]
        if "actor" not in by_name or (role != "actions" and package != "core"):  # core's are beside their plumbing
            wrong.append(info.name)
    assert wrong == []


def test_every_action_has_its_row_in_the_rights_table():
    assert [info.name for info in _ours() if not rights.known(info.right)] == []


def test_every_action_has_words_in_every_language():
    sentences = {info.name: _source(info.words) for info in _ours()}
    assert [name for name, text in sentences.items() if not re.search(r"[\u4e00-\u9fff]", text)] == []
    assert _lacking(sentences) == []


def test_every_refusal_has_its_sentence_in_every_language():
    from guatu.core.refusals import _SENTENCES

    ours = [name for name in declared_codes() if name.split(".")[0] in code.packages()]
    assert len(ours) > 10
    assert _lacking({name: _source(_SENTENCES[name][0]) for name in ours}) == []


def test_the_catalogues_hold_what_the_code_says():
    said = {(message.id, message.context) for message in catalogues.collected() if message.id}
    assert len(said) > 50
    for locale in catalogues.LOCALES:
        held = {(message.id, message.context) for message in catalogues.read(locale) if message.id}
        assert said ^ held == set(), f"{locale}: run `make messages`"


def test_translations_keep_what_a_sentence_names():
    named = re.compile(r"\{\w+\}|%\(\w+\)[sd]")
    wrong = []
    for locale in catalogues.LOCALES:
        for message in catalogues.read(locale):
            texts = [message.string] if isinstance(message.string, str) else list(message.string)
            source = message.id if isinstance(message.id, str) else message.id[-1]
            wrong += [
                f"{locale}: {source} → {text}"
                for text in texts
                if text and message.id and not set(named.findall(text)) <= set(named.findall(source))
            ]
    assert wrong == []
