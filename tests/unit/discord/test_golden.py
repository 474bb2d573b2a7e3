"""Cards, forms and commands as they go to Discord, for people to review.

Run with STARLING_WRITE_GOLDEN=1 to write the files anew after a change that is meant.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from adapters.discord.commands import command_payloads, message_payloads, people_payloads
from adapters.discord.forms import modal
from adapters.discord.limits import capabilities_in_direct
from adapters.discord.render import rendered
from bot.base.text import t
from bot.chat.cards import Buttons, Card, Paragraph, Quote, resolved
from bot.chat.commands import Command, MessageAction
from bot.chat.fit import fit, fit_form
from bot.chat.forms import Form, TextInput
from tests.contract.harness import COMMANDS
from tests.contract.samples import ANSWER, EVERYTHING, FORM, GUIDE, Sent
from tests.wire.discord.validation import check_commands, check_message, check_modal

GOLDEN = Path(__file__).parents[2] / "golden" / "discord"
ABLE = capabilities_in_direct()

QUESTION = Card(
    "Today's question",
    (
        Paragraph("Tell me about a time you disagreed with your manager."),
        Paragraph("Answer with the button, or mention me in the thread of this message.", quiet=True),
        Buttons((ANSWER, GUIDE)),
    ),
)
TYPED = Card("What somebody typed", (Quote("@everyone <@800> *bold* :tada:\n# second line"),))
MESSAGES = {"everything": EVERYTHING, "question": QUESTION, "typed": TYPED}
STAR = Form(
    Sent(subject="q1"),
    "Your answer",
    tuple(
        TextInput(name.lower(), name, multiline=True) for name in ("Situation", "Task", "Action", "Result", "Learnt")
    ),
    "Send",
    "What you write here is seen by nobody else. It is lost if you close the form without sending it.",
)
FORMS = {"form": FORM, "form_of_five": STAR}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_goes_out_as_its_golden_file(name: str) -> None:
    (card,) = fit(resolved(MESSAGES[name], "en"), ABLE).cards
    message = rendered(card, key="delivery-1#0")
    check_message(message.body, [each.filename for each in message.attachments])
    check(name, message.body)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_opens_as_its_golden_file(name: str) -> None:
    (step,) = fit_form(FORMS[name], ABLE)
    opened = modal(step)
    check_modal(opened)
    check(name, opened)


def test_commands_are_registered_as_their_golden_file() -> None:
    score = MessageAction(t("Score this"), "score~1", own=True)
    hide = MessageAction(t("Hide this answer"), "hide~1", audience="moderators")
    appoint = Command(("setup", "appoint"), t("Make somebody an admin"), audience="admins")
    commands = [
        *command_payloads("starling", (*COMMANDS, appoint), for_users=True),
        *message_payloads([score, hide], for_users=True),
        *people_payloads(COMMANDS, for_users=True),
    ]
    check_commands(commands)
    check("commands", commands)


def check(name: str, payload: Any) -> None:
    shown = json.dumps(payload, indent=2, ensure_ascii=False) + "\n"
    file = GOLDEN / f"{name}.json"
    if os.environ.get("STARLING_WRITE_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(shown, encoding="utf-8")
    assert shown == file.read_text(encoding="utf-8")
