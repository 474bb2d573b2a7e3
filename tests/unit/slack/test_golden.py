"""Cards and forms as they go to Slack, for people to review.

Run with STARLING_WRITE_GOLDEN=1 to write the files anew after a change that is meant.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.forms import form_view
from adapters.slack.limits import capabilities
from adapters.slack.render import body_of, home_view
from bot.chat.cards import Buttons, Card, Paragraph, Quote, resolved
from bot.chat.fit import fit, fit_form
from bot.chat.refs import ConversationRef
from tests.contract.samples import ANSWER, ARCHETYPE, EVERYTHING, FORM, GUIDE
from tests.wire.slack.blocks import complaints, modal_complaints
from tests.wire.slack.world import EVERY_SCOPE

GOLDEN = Path(__file__).parents[2] / "golden" / "slack"
CHANNEL = ConversationRef("slack", "T1", "C1")
ABLE = capabilities(CHANNEL, EVERY_SCOPE, reads_replies=True)

QUESTION = Card(
    "Today's question",
    (
        Paragraph("Tell me about a time you disagreed with your manager."),
        Paragraph("Reply in this thread, or answer privately.", quiet=True),
        Buttons((ANSWER, GUIDE)),
    ),
)
TYPED = Card("What somebody typed", (Quote("@channel <@U1> & *bold* :tada:\nsecond line"),))
HOME = Card("Your practice", (Paragraph("Three answers this week"), ARCHETYPE, Buttons((ANSWER,))))


def one(card: Card) -> Card:
    (fitted,) = fit(resolved(card, "en"), ABLE).cards
    return fitted


MESSAGES = {"everything": EVERYTHING, "question": QUESTION, "typed": TYPED}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_goes_out_as_its_golden_file(name: str) -> None:
    body = body_of(one(MESSAGES[name]), "delivery-1#0")
    assert complaints(body["blocks"], "message") == []
    check(name, body)


def test_a_home_is_drawn_as_its_golden_file() -> None:
    view = home_view(one(HOME))
    assert complaints(view["blocks"], "home") == []
    check("home", view)


def test_a_form_opens_as_its_golden_file() -> None:
    (step,) = fit_form(FORM, ABLE)
    view = form_view(step, CHANNEL)
    assert modal_complaints(view) == []
    check("form", view)


def check(name: str, payload: dict[str, Any]) -> None:
    shown = json.dumps(payload, indent=2, ensure_ascii=False) + "\n"
    file = GOLDEN / f"{name}.json"
    if os.environ.get("STARLING_WRITE_GOLDEN"):
        file.write_text(shown, encoding="utf-8")
    assert shown == file.read_text(encoding="utf-8")
