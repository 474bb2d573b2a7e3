"""What is sent fits Slack, says what the card says, and notifies nobody."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from adapters.slack.forms import form_view, problems_response
from adapters.slack.limits import LIMITS, capabilities
from adapters.slack.render import blocks, body_of, home_view
from bot.chat.cards import Bullets, Card, Choice, Field, Fields, Header, Paragraph, Quote, Select, resolved
from bot.chat.fit import fit, fit_form
from bot.chat.forms import ChoiceInput, Form, RatingInput, TextInput
from bot.chat.refs import ConversationRef
from tests.contract.samples import Sent
from tests.unit.chat.test_fit import cards
from tests.unit.chat.test_form_steps import forms
from tests.wire.slack.blocks import complaints, lines, modal_complaints, notified
from tests.wire.slack.views import labels_of, opened_with
from tests.wire.slack.world import EVERY_SCOPE

CHANNEL = ConversationRef("slack", "T1", "C1")
ABLE = capabilities(CHANNEL, EVERY_SCOPE, reads_replies=True)


@given(cards)
@settings(max_examples=150, deadline=None)
def test_whatever_was_fitted_is_taken_by_slack(card: Card) -> None:
    for part in fit(card, ABLE).cards:
        body = body_of(part, "key")
        assert complaints(body["blocks"], "message") == []
        assert complaints(home_view(part)["blocks"], "home") == []
        assert body["text"].strip()


@given(forms)
@settings(max_examples=150, deadline=None)
def test_whatever_form_was_fitted_is_taken_by_slack(form: Form) -> None:
    for step in fit_form(form, ABLE):
        assert modal_complaints(form_view(step, CHANNEL)) == []


def test_the_largest_card_is_taken_by_slack() -> None:
    words = "A word & another <one>. " * 1000
    card = Card("T" * 150, (Quote(words), Bullets((words, "short")), Fields((Field("Label", words),)), Header("H")))
    parts = fit(card, ABLE).cards
    assert len(parts) > 3
    for part in parts:
        assert complaints(blocks(part), "message") == []


def test_words_stand_in_blocks_as_they_were_typed() -> None:
    words = "*bold* _thin_ `code` <b>&amp;</b> :tada:"
    card = Card(words, (Paragraph(words), Paragraph(words, quiet=True), Quote(words), Bullets((words,))))
    assert [line for block in blocks(card) for line in lines(block)] == [words] * 5


def test_mentions_notify_nobody() -> None:
    words = "<@U1> <!channel> @here"
    body = body_of(resolved(Card(words, (Paragraph(words), Quote(words))), "en"), "key")
    assert notified(body["text"], body["blocks"]) == frozenset()


def test_a_list_that_goes_on_counts_on() -> None:
    first, second = blocks(Card("T", (Bullets(("a",), numbered=True), Bullets(("b",), numbered=True, first=2))))[1:]
    assert "offset" not in first["elements"][0]
    assert second["elements"][0]["offset"] == 1


def test_a_long_label_on_the_submitting_button_is_shortened() -> None:
    form = Form(Sent(subject="q"), "Answer", (TextInput("a", "A"),), "Send this answer to my mentors")
    (step,) = fit_form(form, ABLE)
    view = form_view(step, CHANNEL)
    assert view["submit"]["text"] == "Send this answer to my…"
    assert modal_complaints(view) == []


def test_a_form_filled_to_its_limits_is_taken_by_slack() -> None:
    inputs = tuple(TextInput(f"a{number}", "A") for number in range(LIMITS.form_inputs))
    form = Form(Sent(subject="q"), "Answer " * 9, inputs, "Send " * 9, "Read this first. " * 150)
    (step,) = fit_form(form, ABLE)
    assert modal_complaints(form_view(step, CHANNEL)) == []


def test_a_value_that_slack_would_refuse_is_refused_before() -> None:
    fits, longer = Choice("v" * 150, "V"), Choice("v" * 151, "V")
    (card,) = fit(Card("T", (Select("S", Sent(subject="q"), (fits,)),)), ABLE).cards
    assert complaints(blocks(card), "message") == []
    with pytest.raises(ValueError, match="150"):
        fit(Card("T", (Select("S", Sent(subject="q"), (longer,)),)), ABLE)
    with pytest.raises(ValueError, match="150"):
        fit_form(Form(Sent(subject="q"), "T", (ChoiceInput("c", "C", (longer,)),), "Send"), ABLE)


def test_a_rating_shows_its_numbers_with_their_anchors() -> None:
    rating = RatingInput("sure", "How sure", ("not", "rather", "very"), value=2)
    view = form_view(Form(Sent(subject="q"), "Answer", (rating,), "Send"), CHANNEL)
    element = view["blocks"][0]["element"]
    assert element["type"] == "radio_buttons"
    assert [(o["text"]["text"], o["description"]["text"]) for o in element["options"]] == [
        ("1", "not"),
        ("2", "rather"),
        ("3", "very"),
    ]
    assert opened_with(view) == {"sure": ("2",)}
    long = RatingInput("sure", "How sure", tuple("abcdefghijk"))
    assert modal_complaints(form_view(Form(Sent(subject="q"), "Answer", (long,), "Send"), CHANNEL)) == []


def test_an_input_with_nothing_to_choose_is_not_asked() -> None:
    form = Form(Sent(subject="q"), "Answer", (ChoiceInput("none", "None", ()), TextInput("a", "A")), "Send")
    assert list(labels_of(form_view(form, CHANNEL))) == ["a"]


def test_a_problem_stands_beside_its_input_and_another_beside_the_first() -> None:
    view = form_view(Form(Sent(subject="q"), "Answer", (TextInput("a", "A"), TextInput("b", "B")), "Send"), CHANNEL)
    answer = problems_response({"b": "Too short.", "": "Too much.", "gone": "Not there."}, view)
    assert answer == {"response_action": "errors", "errors": {"b": "Too short.", "a": "Too much. Not there."}}
