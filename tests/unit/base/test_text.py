"""Texts and their translation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.base import text
from bot.base.text import Text, render, t, tn

POLISH = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "{name} answered in {duration}."
msgstr "Po {duration} odpowiedziano: {name}."

msgid "{count} day"
msgid_plural "{count} days"
msgstr[0] "{count} dzień"
msgstr[1] "{count} dni"
msgstr[2] "{count} dni"
"""
BRAZILIAN = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Help"
msgstr "Ajuda"
"""


@pytest.fixture
def _languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for language, catalogue in {"pl": POLISH, "pt_BR": BRAZILIAN}.items():
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "starling.po").write_text(catalogue, encoding="utf-8")
    monkeypatch.setattr(text, "LOCALES", tmp_path)
    text._catalogue.cache_clear()
    yield
    text._catalogue.cache_clear()


def test_a_sentence_is_filled_in() -> None:
    assert render(t("{name} answered.", name="Ana")) == "Ana answered."


@pytest.mark.parametrize(("count", "sentence"), [(0, "0 days"), (1, "1 day"), (2, "2 days")])
def test_the_wording_depends_on_the_number(count: int, sentence: str) -> None:
    assert render(tn("{count} day", "{count} days", count)) == sentence


def test_peoples_words_are_returned_as_they_stand() -> None:
    assert render("{not a place} {}") == "{not a place} {}"
    assert render(t("{name} answered.", name="{name} {0}")) == "{name} {0} answered."


@pytest.mark.usefixtures("_languages")
def test_a_sentence_and_the_texts_within_it_are_translated() -> None:
    sentence = t("{name} answered in {duration}.", name="Ana", duration=tn("{count} day", "{count} days", 3))
    assert render(sentence, "pl") == "Po 3 dni odpowiedziano: Ana."
    assert render(sentence) == "Ana answered in 3 days."


@pytest.mark.usefixtures("_languages")
@pytest.mark.parametrize(("count", "sentence"), [(1, "1 dzień"), (2, "2 dni"), (5, "5 dni")])
def test_a_language_has_its_own_plurals(count: int, sentence: str) -> None:
    assert render(tn("{count} day", "{count} days", count), "pl") == sentence


@pytest.mark.usefixtures("_languages")
def test_what_is_not_translated_stays_english() -> None:
    assert render(t("Help"), "pl") == "Help"
    assert render(t("Help"), "ko") == "Help"


@pytest.mark.usefixtures("_languages")
@pytest.mark.parametrize(
    ("language", "sentence"),
    [("pt_BR", "Ajuda"), ("pt-BR", "Ajuda"), ("pt", "Help"), ("../pt_BR", "Help"), ("", "Help"), (".", "Help")],
)
def test_a_language_is_found_by_the_names_platforms_give_it(language: str, sentence: str) -> None:
    assert render(t("Help"), language) == sentence


@pytest.mark.usefixtures("_languages")
def test_a_region_without_a_catalogue_reads_that_of_its_language() -> None:
    assert render(tn("{count} day", "{count} days", 1), "pl-PL") == "1 dzień"


def test_equal_texts_are_equal_and_hash_alike() -> None:
    assert t("{a}", a=1) == t("{a}", a=1)
    assert hash(t("{a}", a=t("b"))) == hash(t("{a}", a=t("b")))
    assert t("{a}", a=1) != t("{a}", a=2)
    assert tn("{count} day", "{count} days", 1) != tn("{count} day", "{count} days", 2)
    assert len({t("a"), t("a"), Text("b")}) == 2
