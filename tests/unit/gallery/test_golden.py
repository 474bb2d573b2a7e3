"""Every card and form of the product as each platform gets it, held to the platform's limits and to golden files.

Run with STARLING_WRITE_GOLDEN=1 to write the files anew after a change that is meant.
"""

from __future__ import annotations

import json

import pytest

from bot.chat.cards import Button, Buttons, Card, Header, Paragraph
from bot.chat.forms import Form, TextInput
from bot.questions.actions import OpenSuggestion, SendSuggestion
from tests.gallery.golden import drawn, golden_file, kept
from tests.gallery.platforms import PLATFORMS, Platform, payloads
from tests.gallery.sample import Sample
from tests.gallery.samples import ROOMS, catalogue, declared

each_platform = pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)


@each_platform
@pytest.mark.parametrize("room", ROOMS)
def test_cards_and_forms_go_out_as_the_golden_file_says(platform: Platform, room: str) -> None:
    shown = drawn(platform, room)
    assert shown == kept(golden_file(platform, room), shown)
    assert json.loads(shown)


@each_platform
def test_no_platform_would_refuse_a_card_or_form(platform: Platform) -> None:
    refused = {
        f"{sample.room}: {sample.name}": objections
        for sample in catalogue()
        for payload in payloads(sample, platform, declared())
        if (objections := platform.objections(payload, sample))
    }
    assert refused == {}


@each_platform
def test_what_is_beyond_the_limits_would_be_refused(platform: Platform) -> None:
    buttons = Buttons(tuple(Button(str(number), OpenSuggestion()) for number in range(30)))
    card = Card("Too much", (Header("x" * 300), Paragraph("x" * 50_000), buttons))
    inputs = tuple(TextInput(f"n{number}", "x" * 3000) for number in range(101))
    form = Form(SendSuggestion(), "x" * 100, inputs, "Send")
    assert platform.objections(platform.message(card), Sample("none", "too much", card))
    assert platform.objections(platform.form(form), Sample("none", "too much", form))


@pytest.mark.parametrize("room", ROOMS)
def test_every_occasion_has_a_name_of_its_own(room: str) -> None:
    names = [sample.name for sample in catalogue() if sample.room == room]
    assert len(names) == len(set(names)) > 0
