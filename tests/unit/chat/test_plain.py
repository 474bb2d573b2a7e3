"""The plain-text form of a card, and words that notify nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.text import t
from bot.chat.actions import Action
from bot.chat.cards import (
    Bullets,
    Button,
    Buttons,
    Card,
    Choice,
    Divider,
    Field,
    Fields,
    Header,
    Image,
    Paragraph,
    Place,
    Quote,
    Select,
    resolved,
)
from bot.chat.forms import ChoiceInput, Form, MemberInput, RatingInput, TextInput
from bot.chat.neutral import BREAK, neutral
from bot.chat.plain import plain


class Pressed(Action):
    name = "pressed"
    subject: str


def test_a_card_reads_from_top_to_bottom_without_its_controls() -> None:
    card = Card(
        "Your answer",
        (
            Header("What we read"),
            Quote("I said so\nin two lines."),
            Bullets(("one", "two\nlines")),
            Bullets(("three", "four"), numbered=True, first=3),
            Fields((Field("Level", "L4"), Field("Rating", "3 of 5"))),
            Image(b"", "image/png", "A chart"),
            Divider(),
            Buttons((Button("Done", Pressed(subject="1")), Button("The guide", url="https://example.org"))),
            Select("Archetype", Pressed(subject="2"), (Choice("a", "A"),)),
            Place("answer.actions", "1"),
            Paragraph("That is all."),
        ),
    )
    assert plain(card) == (
        "Your answer\n\nWhat we read\n\n> I said so\n> in two lines.\n\n- one\n- two\n  lines\n\n"
        "3. three\n4. four\n\nLevel: L4\nRating: 3 of 5\n\nA chart\n\nThe guide: https://example.org\n\nThat is all."
    )


def test_a_card_that_is_not_resolved_has_no_plain_text() -> None:
    with pytest.raises(TypeError, match="resolve"):
        plain(Card(t("Your answer")))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("@everyone look", "@|everyone look"),
        ("@HERE and @Channel", "@|HERE and @|Channel"),
        ("mail me@here.org", "mail me@|here.org"),
        ("<@U1> <@!2> <@&3>", "<|@U1> <|@!2> <|@&3>"),
        ("<!channel> <!subteam^S1> <#C1|general>", "<|!channel> <|!subteam^S1> <|#C1|general>"),
        ("@ann, a < b and <b>", "@ann, a < b and <b>"),
    ],
)
def test_a_mention_is_broken_and_stays_readable(typed: str, shown: str) -> None:
    assert neutral(typed).replace(BREAK, "|") == shown


@given(st.text("@<>!#&everyonhchal ", max_size=40))
def test_breaking_a_mention_twice_is_breaking_it_once(text: str) -> None:
    assert neutral(neutral(text)) == neutral(text)
    assert neutral(text).replace(BREAK, "") == text


def test_resolving_a_card_breaks_mentions_wherever_people_read() -> None:
    typed, safe = "@here", neutral("@here")
    pressed = Pressed(subject=typed)
    card = Card(
        t("{name} answered", name=typed),
        (
            Header(typed),
            Paragraph(typed),
            Quote(typed),
            Bullets((typed, t("{name} said", name=typed))),
            Fields((Field(typed, typed),)),
            Image(b"@here", "image/png", typed),
            Buttons((Button(typed, pressed), Button(typed, url="https://example.org/@here"))),
            Select(typed, pressed, (Choice(typed, typed),)),
        ),
    )
    assert resolved(card, "en") == Card(
        f"{safe} answered",
        (
            Header(safe),
            Paragraph(safe),
            Quote(safe),
            Bullets((safe, f"{safe} said")),
            Fields((Field(safe, safe),)),
            Image(b"@here", "image/png", safe),
            Buttons((Button(safe, pressed), Button(safe, url="https://example.org/@here"))),
            Select(safe, pressed, (Choice(typed, safe),)),
        ),
    )


def test_resolving_a_form_leaves_what_a_person_may_edit_as_it_is() -> None:
    typed, safe = "@here", neutral("@here")
    form = Form(
        Pressed(subject=typed),
        typed,
        (
            TextInput(typed, typed, typed, value=typed),
            ChoiceInput(typed, typed, (Choice(typed, typed),), typed, value=(typed,)),
            RatingInput(typed, typed, (typed,), typed),
            MemberInput(typed, typed, typed, value=typed),
        ),
        typed,
        typed,
    )
    assert resolved(form, "en") == Form(
        Pressed(subject=typed),
        safe,
        (
            TextInput(typed, safe, safe, value=typed),
            ChoiceInput(typed, safe, (Choice(typed, safe),), safe, value=(typed,)),
            RatingInput(typed, safe, (safe,), safe),
            MemberInput(typed, safe, safe, value=typed),
        ),
        safe,
        safe,
    )
