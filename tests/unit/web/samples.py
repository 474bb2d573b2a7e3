"""A page with every element there is, and the documents of the server itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from adapters.web.layout import closed_document, invitation_document, page_document, plain_document
from bot.base.text import t
from bot.chat.actions import Action
from bot.chat.cards import Bullets, Choice, Field, Fields, Paragraph, Quote
from bot.chat.charts import Chart, Series
from bot.chat.forms import ChoiceInput, Form, RatingInput, TextInput
from bot.chat.page_port import Invitation, Shown
from bot.chat.pages import Page, PageForm, PageLink, Section, Table


class Keep(Action):
    name: ClassVar[str] = "samples.keep"


FORM = Form(
    Keep(),
    t("Change it"),
    (
        TextInput("title", t("Title"), longest=120, value='The "printer" & <more>'),
        TextInput("text", t("What you did"), t("The longest part."), multiline=True, value="\nFirst\n\nsecond"),
        ChoiceInput("level", t("Level"), (Choice("L4", "L4"), Choice("L5", "L5")), value=("L5",), required=False),
        ChoiceInput("tags", t("Tags"), (Choice("a", "Mail"), Choice("b", "Print")), several=True, value=("b",)),
        RatingInput("rating", t("Rating"), (t("weak"), t("middling"), t("strong")), t("As you see it."), value=2),
        ChoiceInput("who", t("With whom"), (Choice("ben", "Ben"), Choice("cleo", "Cleo")), required=False),
    ),
    t("Save it"),
    t("Only you see it."),
)
CHART = Chart(
    "line", t("Ratings"), t("Two ratings, the second higher."), ("March", "April"), (Series("Rating", (2.0, 4.5)),)
)
GRID = Chart("grid", t("Coverage"), t("One of two is there."), ("Mail", "Print"), (Series("Conflict", (1, None)),))
PAGE = Page(
    t("A story"),
    (
        Section(
            t("Words"),
            (
                Paragraph("One line.\nAnother <line>."),
                Paragraph(t("Small print."), quiet=True),
                Quote("I deleted it & said so."),
                Bullets(("first", "second")),
                Bullets(("third", "fourth"), numbered=True, first=3),
                Fields((Field(t("Level"), "L5"), Field(t("Seen by"), "you"))),
                PageLink(t("All your stories"), "stories"),
                PageLink("One & other", "story", "id/with ?"),
            ),
        ),
        Section(
            t("Figures"),
            (Table(t("By month"), (t("Month"), t("Answers")), (("March", "3"), ("April", "5"))), CHART, GRID),
        ),
        Section(t("Form"), (PageForm(FORM),)),
    ),
    t("What it is about."),
)
SHOWN = Shown("Ana", "en", PAGE, pictures={CHART: "<svg/>"})
WRONG = Shown(
    "Ana",
    "en",
    PAGE,
    notice=("It is noted.",),
    action=Keep().encode(),
    typed={"title": ("",), "text": ("typed",), "tags": (), "rating": ("7",)},
    problems={
        "title": t("Please write something here."),
        "tags": t("Please choose one of these."),
        "rating": t("Choose a rating from {lowest} to {highest}.", lowest=1, highest=3),
        "": t("Two things do not go together."),
    },
)
REFUSED = Shown("Ana", "en", None, refusal=t("This story is not there."))
PATH, TOKEN = "/page/story/1", "token"


def documents() -> Mapping[str, str]:
    """Every kind of document by the name of its file."""
    lost = {"title": ("My title",), "text": ("My <text>",), "who": ("",)}
    return {
        "page": page_document(SHOWN, PATH, TOKEN, "first"),
        "page_with_problems": page_document(WRONG, PATH, TOKEN, "first"),
        "page_refused": page_document(
            Shown("Ana", "en", None, refusal=t("This story is not there.")), PATH, TOKEN, "first"
        ),
        "link": invitation_document(Invitation("Ana", "en", t("Your story")), "/open/abc", TOKEN),
        "closed": closed_document("en", None),
        "closed_with_text": closed_document("en", TOKEN, lost),
        "signed_out": plain_document(t("You are signed out"), [t("Press a button in the chat.")], "en"),
    }
