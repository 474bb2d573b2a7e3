"""The stand-in is as strict as the platform."""

from __future__ import annotations

from typing import Any

import pytest

from tests.wire.slack.blocks import complaints, modal_complaints, notified
from tests.wire.slack.credentials import RESPONSE_SECONDS, TICKET_SECONDS, TRIGGER_SECONDS, Credentials, Refused


def text(words: str, kind: str = "plain_text") -> dict[str, Any]:
    return {"type": kind, "text": words}


def button(label: str = "Go", action: str = "go", **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": text(label), "action_id": action, **more}


def option(value: str = "v", label: str = "V") -> dict[str, Any]:
    return {"text": text(label), "value": value}


def rich(words: str) -> dict[str, Any]:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
    return {"type": "rich_text", "elements": [section]}


GOOD: list[dict[str, Any]] = [
    {"type": "header", "text": text("x" * 150)},
    {"type": "section", "text": text("x" * 3000)},
    {"type": "context", "elements": [text("quiet")]},
    {"type": "divider"},
    {"type": "actions", "elements": [button(action=str(number)) for number in range(25)]},
    rich("words"),
]
SELECT = {"type": "static_select", "action_id": "s", "options": [option()]}
REFUSED: dict[str, list[dict[str, Any]]] = {
    "51 blocks": [{"type": "divider"}] * 51,
    "a long header": [{"type": "header", "text": text("x" * 151)}],
    "an empty header": [{"type": "header", "text": text("")}],
    "a header with markup": [{"type": "header", "text": text("x", "mrkdwn")}],
    "a long section": [{"type": "section", "text": text("x" * 3001)}],
    "an empty context": [{"type": "context", "elements": []}],
    "26 buttons": [{"type": "actions", "elements": [button(action=str(number)) for number in range(26)]}],
    "no buttons": [{"type": "actions", "elements": []}],
    "a long label": [{"type": "actions", "elements": [button("x" * 76)]}],
    "an action twice": [{"type": "actions", "elements": [button(), button()]}],
    "a button without an action": [{"type": "actions", "elements": [button(action="")]}],
    "an unknown style": [{"type": "actions", "elements": [button(style="normal")]}],
    "101 options": [{"type": "actions", "elements": [SELECT | {"options": [option()] * 101}]}],
    "no options": [{"type": "actions", "elements": [SELECT | {"options": []}]}],
    "a long option": [{"type": "actions", "elements": [SELECT | {"options": [option(label="x" * 76)]}]}],
    "an input in a message": [{"type": "input", "label": text("L"), "element": {"type": "plain_text_input"}}],
    "an empty text": [rich("")],
    "a block of no kind": [{"type": "carousel"}],
    "a block id twice": [{"type": "divider", "block_id": "b"}] * 2,
    "13,000 characters": [rich("x" * 3000)] * 5,
}


def test_what_fits_is_taken() -> None:
    assert complaints(GOOD, "message") == []


@pytest.mark.parametrize("what", REFUSED)
def test_what_does_not_fit_is_refused(what: str) -> None:
    assert complaints(REFUSED[what], "message")


@pytest.mark.parametrize(
    "changes",
    [
        {"title": text("x" * 25)},
        {"title": text("")},
        {"submit": text("x" * 25)},
        {"private_metadata": "x" * 3001},
        {"callback_id": "x" * 256},
        {"blocks": [{"type": "divider"}] * 101},
    ],
)
def test_a_modal_has_limits_of_its_own(changes: dict[str, Any]) -> None:
    modal = {"type": "modal", "title": text("x" * 24), "submit": text("Send"), "blocks": []}
    assert modal_complaints(modal) == []
    assert modal_complaints(modal | changes)


def test_markup_notifies_and_plain_text_does_not() -> None:
    marked = [{"type": "section", "text": text("<@U1> <!channel>", "mrkdwn")}]
    assert notified("", marked) == {"U1", "everyone"}
    assert notified("<@U2>", []) == {"U2"}
    assert notified("&lt;@U2&gt;", [{"type": "section", "text": text("<@U1>")}, rich("<!channel>")]) == frozenset()


def test_credentials_are_good_once_and_for_a_while() -> None:
    now = 0.0
    issued = Credentials(lambda: now)
    ticket, old_ticket = issued.ticket(), issued.ticket()
    assert issued.take_ticket(ticket)
    assert not issued.take_ticket(ticket)
    trigger, old_trigger = issued.trigger("U1"), issued.trigger("U1")
    assert issued.take_trigger(trigger) == "U1"
    with pytest.raises(Refused, match="exchanged_trigger_id"):
        issued.take_trigger(trigger)
    with pytest.raises(Refused, match="invalid_trigger_id"):
        issued.take_trigger("made up")
    address, old_address = issued.response("C1", "U1"), issued.response("C1", "U1")
    assert [issued.take_response(address) is not None for _ in range(6)] == [True] * 5 + [False]
    now = TRIGGER_SECONDS + 0.1
    with pytest.raises(Refused, match="expired_trigger_id"):
        issued.take_trigger(old_trigger)
    now = TICKET_SECONDS + 0.1
    assert not issued.take_ticket(old_ticket)
    now = RESPONSE_SECONDS + 0.1
    assert issued.take_response(old_address) is None
