"""Fitting forms into steps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.text import t
from bot.chat.actions import Action
from bot.chat.capabilities import Capabilities
from bot.chat.cards import Choice
from bot.chat.fit import fit_form
from bot.chat.forms import ChoiceInput, Form, Input, MemberInput, RatingInput, TextInput
from bot.chat.values import check_values, choices_of, text_of
from tests.unit.chat.platforms import ALL, DISCORD, NARROW, SLACK


class Submitted(Action):
    name = "submitted"


STAR = tuple(
    TextInput(part, part.capitalize()) for part in ("situation", "task", "action", "result", "learning", "note")
)


def form(*inputs: Input, title: str = "Your answer", intro: str = "") -> Form:
    return Form(Submitted(), title, inputs, "Send", intro)


@pytest.mark.parametrize("capabilities", [SLACK, DISCORD])
def test_a_form_that_fits_comes_back_as_it_is(capabilities: Capabilities) -> None:
    asked = form(*STAR[:5])
    assert fit_form(asked, capabilities) == (asked,)


def test_a_form_of_too_many_inputs_becomes_steps_of_about_one_size() -> None:
    assert fit_form(form(*STAR), DISCORD) == (
        form(*STAR[:3], title="Your answer (1/2)"),
        form(*STAR[3:], title="Your answer (2/2)"),
    )
    assert len(fit_form(form(*STAR), SLACK)) == 1


def test_a_long_title_stands_in_full_in_the_introduction() -> None:
    (step,) = fit_form(form(STAR[0], title="Your private answer to this question", intro="Take your time."), SLACK)
    assert step.title == "Your private answer to…"
    assert step.intro == "Your private answer to this question\nTake your time."


def test_a_long_label_stands_in_full_in_the_hint() -> None:
    label = "What did you do yourself, step by step, and what did others do?"
    (step,) = fit_form(form(TextInput("action", label, "Name your part.")), DISCORD)
    assert step.inputs[0].label == "What did you do yourself, step by step, and…"
    assert step.inputs[0].hint == f"{label} Name your part."


def test_a_long_hint_stands_in_the_introduction() -> None:
    hint = "Write what anybody could have seen. " * 4
    (step,) = fit_form(form(TextInput("action", "Action", hint)), DISCORD)
    assert step.inputs[0].hint == ""
    assert step.intro == hint


def test_a_text_too_long_for_one_input_is_shown_in_several_and_read_back_whole() -> None:
    answer = "I wrote to each of the teams in turn. " * 200
    asked = form(TextInput("answer", "Answer", longest=20_000, value=answer))
    steps = fit_form(asked, DISCORD)
    entered = {one.name: (one.value.strip(),) for step in steps for one in step.inputs if isinstance(one, TextInput)}
    assert list(entered) == ["answer", "answer~2"]
    assert text_of(entered, "answer") == answer.strip()
    assert check_values(asked, entered) == {}


def test_a_choice_of_too_many_is_asked_in_several_selects_and_read_back_as_one() -> None:
    choices = tuple(Choice(str(number), f"Archetype {number}") for number in range(40))
    asked = form(ChoiceInput("archetype", "Archetype", choices, value=("30",)))
    (step,) = fit_form(asked, DISCORD)
    assert [(one.name, one.label, one.required) for one in step.inputs] == [
        ("archetype", "Archetype (1/2)", False),
        ("archetype~2", "Archetype (2/2)", False),
    ]
    entered = {"archetype": (), "archetype~2": ("30",)}
    assert choices_of(entered, "archetype") == ("30",)
    assert check_values(asked, entered) == {}
    assert set(check_values(asked, {"archetype": ("1",), "archetype~2": ("30",)})) == {"archetype"}
    assert set(check_values(asked, {"archetype": (), "archetype~2": ()})) == {"archetype"}


def test_long_choices_are_numbered_and_stand_in_full_in_the_introduction() -> None:
    choices = (Choice("a", "Conflict with a peer"), Choice("b", "Failure"))
    first, *_ = fit_form(form(ChoiceInput("kind", "Kind", choices), title="Choose"), NARROW)
    assert first.intro == "1. Conflict with a peer\n2. Failure"
    assert first.inputs == (ChoiceInput("kind", "Kind", (Choice("a", "1. Conf…"), Choice("b", "2. Fail…"))),)


def test_long_anchors_of_a_rating_stand_in_full_in_the_introduction() -> None:
    rating = RatingInput("impact", "Impact", ("None to see", "Some", "A great deal of it"))
    (step,) = fit_form(form(rating, title="Review"), NARROW)
    assert step.intro == "1. None to see\n2. Some\n3. A great deal of it"
    assert isinstance(step.inputs[0], RatingInput)
    assert step.inputs[0].highest == 3


def test_a_long_introduction_is_spread_over_as_many_steps_as_there_are_inputs() -> None:
    intro = "The answer under review goes on for quite a while. " * 100
    steps = fit_form(form(STAR[0], STAR[1], intro=intro), SLACK)
    assert "".join(str(step.intro) for step in steps) == intro
    (alone,) = fit_form(form(STAR[0], intro=intro), SLACK)
    assert str(alone.intro).endswith("…")


def test_a_form_has_to_be_resolved_first() -> None:
    with pytest.raises(TypeError, match="resolve"):
        fit_form(replace(form(STAR[0]), title=t("Your answer")), SLACK)


words = st.text("ab c.", min_size=1, max_size=40).filter(str.strip)
values = st.lists(words, min_size=1, max_size=8, unique=True)
inputs = st.one_of(
    st.builds(TextInput, words, words, words, value=st.text("ab c.", max_size=100)),
    st.builds(ChoiceInput, words, words, values.map(lambda found: tuple(Choice(one, one) for one in found)), words),
    st.builds(RatingInput, words, words, values.map(tuple), words),
    st.builds(MemberInput, words, words, words),
)
forms = st.builds(
    Form,
    st.just(Submitted()),
    words,
    st.lists(inputs, min_size=1, max_size=8, unique_by=lambda one: one.name).map(tuple),
    st.just("Send"),
    words,
)


@given(forms, st.sampled_from(list(ALL.values())))
@settings(max_examples=200, deadline=None)
def test_steps_fit_and_ask_for_everything(asked: Form, capabilities: Capabilities) -> None:
    steps = fit_form(asked, capabilities)
    shown = [one for step in steps for one in step.inputs]
    assert all(fit_form(step, capabilities) == (step,) for step in steps)
    assert {one.name.split("~")[0] for one in shown} == {one.name for one in asked.inputs}
    assert all(1 <= len(step.inputs) <= capabilities.limits.form_inputs for step in steps)
    for one in asked.inputs:
        parts = [part for part in shown if part.name.split("~")[0] == one.name]
        if isinstance(one, TextInput):
            assert "".join("".join(str(part.value) for part in parts).split()) == "".join(one.value.split())
        if isinstance(one, ChoiceInput):
            offered = [choice.value for part in parts if isinstance(part, ChoiceInput) for choice in part.choices]
            assert offered == [choice.value for choice in one.choices]
