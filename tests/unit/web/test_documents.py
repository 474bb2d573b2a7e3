"""What browsers are given, as files to look at; and what must hold of every document.

Run with STARLING_WRITE_GOLDEN=1 to write the files anew after a change that is meant.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.web.html import VOID, h, write
from adapters.web.layout import page_document
from bot.base.text import t
from bot.chat.forms import Input, MemberInput
from bot.chat.page_port import Shown
from bot.chat.pages import Page, PageForm, Section
from tests.unit.web.samples import FORM, PAGE, documents

GOLDEN = Path(__file__).parents[2] / "golden" / "web"
DOCUMENTS = documents()
LINE_BREAKS = re.compile(r"(?<=>)(?=<(?!/))")


class Outline(HTMLParser):
    """What a browser makes of a document: open elements, headings, ids, texts."""

    def __init__(self, document: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.named: set[str] = set()
        self.labels: set[str] = set()
        self.described: set[str] = set()
        self.texts: list[str] = []
        self.feed(document)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in given:
            self.ids.append(given["id"])
        if given.get("type") != "hidden" and tag in ("input", "select", "textarea") and "id" in given:
            self.named.add(given["id"])
        self.labels |= {given["for"]} if tag == "label" else set()
        self.described |= set(f"{given.get('aria-describedby', '')} {given.get('aria-labelledby', '')}".split())
        self.links += [value for name, value in given.items() if name in ("href", "src", "action")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_document_is_as_it_was_looked_at(name: str) -> None:
    file = GOLDEN / f"{name}.html"
    laid_out = LINE_BREAKS.sub("\n", DOCUMENTS[name])
    if os.environ.get("STARLING_WRITE_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(laid_out, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == laid_out


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_document_is_whole_and_finds_its_way_about(name: str) -> None:
    outline = Outline(DOCUMENTS[name])
    assert outline.open == []
    assert outline.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.named <= outline.labels
    assert outline.described <= set(outline.ids)
    inside = {link[1:] for link in outline.links if link.startswith("#")}
    assert inside <= set(outline.ids)
    assert '<html lang="en">' in DOCUMENTS[name]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_document_asks_anything_of_another_server_or_of_a_script(name: str) -> None:
    document = DOCUMENTS[name]
    for link in Outline(document).links:
        assert re.match(r"/(?!/)|#|data:image/svg\+xml;base64,", link)
    assert not re.search(r"<script| on\w+=| style=|<style", document)


def test_every_kind_of_input_keeps_what_stood_in_it() -> None:
    page = DOCUMENTS["page"]
    assert 'value="The &quot;printer&quot; &amp; &lt;more&gt;"' in page
    assert ">\n\nFirst\n\nsecond</textarea>" in page, "the line break a browser drops stands before that of the text"
    assert '<option value="L5" selected>' in page
    assert 'value="b" checked' in page
    assert 'value="2" checked' in page


def test_a_page_without_its_form_gives_back_what_was_typed() -> None:
    shown = Shown("Ana", "en", PAGE, refusal=t("It changed."), action="another~1", typed={"text": ("kept <words>",)})
    assert "kept &lt;words&gt;</textarea>" in page_document(shown, "/page/story", "token", "first")


def test_a_language_without_a_translation_is_not_claimed() -> None:
    assert '<html lang="en">' in page_document(Shown("Ana", "tlh", PAGE), "/page/story", "token", "first")


def test_the_form_of_the_samples_has_every_kind_of_input_that_a_page_takes() -> None:
    assert {type(item) for item in FORM.inputs} == {*get_args(Input)} - {MemberInput}


def test_a_form_behind_a_label_is_closed_until_something_in_it_needs_another_look() -> None:
    page = Page(t("A story"), (Section(t("Form"), (PageForm(FORM, behind=t("Change it here")), PageForm(FORM))),))
    closed = page_document(Shown("Ana", "en", page), "/page/story", "token", "first")
    assert '<details class="fold"><summary>Change it here</summary>' in closed
    wrong = Shown("Ana", "en", page, action=FORM.action.encode(), problems={"title": t("Write something.")})
    assert '<details class="fold" open><summary>' in page_document(wrong, "/page/story", "token", "first")
    assert closed.count("Nothing is saved before you press the button.") == 1, "it is said once on a page"


def test_a_form_that_asks_for_a_member_says_what_a_page_wants_instead() -> None:
    with pytest.raises(TypeError, match="no picker of people for mentor: offer those"):
        PageForm(replace(FORM, inputs=(MemberInput("mentor", t("Whom")),)))


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"])))
def test_whatever_is_written_is_read_back_as_it_is(text: str) -> None:
    written = write(h("p", text, title=text))
    seen = Outline(written)
    assert "".join(seen.texts) == text
    assert seen.open == []


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1))
def test_nothing_that_is_typed_becomes_markup(text: str) -> None:
    written = write(h("p", text, title=text))
    assert written.count("<") == 2
    assert written.count(">") == 2
