from __future__ import annotations

import json
from dataclasses import replace

from bot.chat.cards import Choice
from bot.chat.forms import ChoiceInput, Form, MemberInput, RatingInput, TextInput
from bot.runtime.actions import FormStep
from bot.runtime.formdata import entered, filled, form_from_data, form_to_data

FORM = Form(
    FormStep(draft="d"),
    "Title",
    (
        TextInput("text", "Text", "Hint", multiline=True, longest=10, value="old"),
        ChoiceInput("one", "One", (Choice("a", "A"), Choice("b", "B"))),
        ChoiceInput("many", "Many", (Choice("a", "A"), Choice("b", "B")), several=True, value=("a",)),
        RatingInput("rating", "Rating", ("bad", "good"), required=False),
        MemberInput("who", "Who"),
    ),
    "Send",
    "Intro",
)


def test_a_form_comes_back_from_its_data_as_it_was() -> None:
    data = json.loads(json.dumps(form_to_data(FORM)))
    assert form_from_data(data, FormStep(draft="d")) == FORM


def test_values_stand_in_their_inputs_and_come_back_from_there() -> None:
    values = {"text": ["new"], "one": ["b"], "many": ["a", "b"], "rating": ["2"], "who": ["U1"]}
    form = filled(FORM, values)
    assert {item.name: entered(item) for item in form.inputs} == values


def test_what_is_not_named_stays_and_what_is_empty_is_emptied() -> None:
    form = filled(FORM, {"text": [], "rating": ["x"]})
    assert form.inputs == (replace(FORM.inputs[0], value=""), *FORM.inputs[1:])  # type: ignore[arg-type]
    assert [entered(item) for item in form.inputs] == [[], [], ["a"], [], []]
