"""The values that come back from a form."""

from __future__ import annotations

import pytest

from bot.base.text import render
from bot.chat.actions import Action
from bot.chat.cards import Choice
from bot.chat.forms import ChoiceInput, Form, MemberInput, RatingInput, TextInput
from bot.chat.values import check_values, choice_of, choices_of, joined, rating_of, text_of


class Submitted(Action):
    name = "submitted"


FORM = Form(
    Submitted(),
    "A form",
    (
        TextInput("answer", "Answer", longest=10),
        TextInput("note", "Note", required=False),
        ChoiceInput("level", "Level", (Choice("L3", "L3"), Choice("L4", "L4"))),
        ChoiceInput("themes", "Themes", (Choice("a", "A"), Choice("b", "B")), required=False, several=True),
        RatingInput("impact", "Impact", ("none", "some", "much")),
        MemberInput("mentor", "Mentor"),
    ),
    "Send",
)
GOOD: dict[str, tuple[str, ...]] = {
    "answer": ("I did it",),
    "level": ("L4",),
    "impact": ("3",),
    "mentor": ("U1",),
}


def problems(**changed: tuple[str, ...]) -> dict[str, str]:
    return {name: render(text) for name, text in check_values(FORM, {**GOOD, **changed}).items()}


def test_values_that_are_right_have_no_problem() -> None:
    assert problems() == {}
    assert problems(themes=("a", "b"), note=("x",)) == {}


def test_what_is_required_is_asked_for_by_its_kind() -> None:
    assert {name: render(text) for name, text in check_values(FORM, {"answer": ("  ",), "level": ("",)}).items()} == {
        "answer": "Please write something here.",
        "level": "Please choose one of these.",
        "impact": "Please choose a rating.",
        "mentor": "Please choose a person.",
    }


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("answer", ("12345678901",), "This is 1 character too long; at most 10 fit."),
        ("answer", ("1234567890123",), "This is 3 characters too long; at most 10 fit."),
        ("level", ("L9",), "One of the choices is not offered any more. Please choose again."),
        ("level", ("L3", "L4"), "Please choose only one of these."),
        ("themes", ("a", "z"), "One of the choices is not offered any more. Please choose again."),
        ("impact", ("0",), "Choose a rating from 1 to 3."),
        ("impact", ("4",), "Choose a rating from 1 to 3."),
        ("impact", ("much",), "Choose a rating from 1 to 3."),
        ("impact", ("9" * 5000,), "Choose a rating from 1 to 3."),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(name: str, value: tuple[str, ...], sentence: str) -> None:
    assert problems(**{name: value}) == {name: sentence}


def test_values_are_read_by_their_type() -> None:
    values = {"answer": ("I did it",), "level": ("L4",), "themes": ("a", "b"), "impact": ("2",), "none": ()}
    assert text_of(values, "answer") == "I did it"
    assert choice_of(values, "level") == "L4"
    assert choices_of(values, "themes") == ("a", "b")
    assert rating_of(values, "impact") == 2
    assert (text_of(values, "none"), choice_of(values, "none"), choices_of(values, "none")) == ("", None, ())
    assert (rating_of(values, "none"), rating_of(values, "level"), text_of(values, "absent")) == (None, None, "")


def test_the_parts_of_one_input_come_together_in_order() -> None:
    values = {"answer~10": ("tenth",), "answer": ("first",), "answer~2": ("second ",), "level": ("L4",)}
    assert joined(values) == {"answer": ("first", "second ", "tenth"), "level": ("L4",)}
    assert text_of(values, "answer") == "first second tenth"
