"""Cards and forms as the workspace's own payload (JSON), what can be read in one, and what is refused."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

from bot.base.text import render
from bot.chat.capabilities import Limits
from bot.chat.cards import (
    Bullets,
    Button,
    Buttons,
    Card,
    ChannelLink,
    Choice,
    Divider,
    Document,
    Element,
    Fields,
    Header,
    Image,
    Paragraph,
    Place,
    Quote,
    Select,
)
from bot.chat.forms import ChoiceInput, Form, Input, MemberInput, RatingInput, TextInput

Payload = dict[str, Any]

LIMITS = Limits(
    text=12_000,
    message=40_000,
    elements=100,
    title=250,
    buttons_in_row=8,
    button_label=80,
    choices=100,
    choice_label=100,
    fields=24,
    form_inputs=20,
    form_title=80,
    input_label=300,
    input_text=20_000,
    file_size=50_000_000,
)
OWN_WORDS = 3000
"""Characters of one's own words in an input that completes."""
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
IMAGE_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"})


def card_payload(card: Card) -> Payload:
    """A resolved card as JSON; pictures stand in it as base 64."""
    return {
        "title": render(card.title),
        "headed": card.headed,
        "elements": [_element(element) for element in card.elements if not isinstance(element, Place)],
    }


def _element(element: Element) -> Payload:
    match element:
        case Header(text):
            return {"kind": "header", "text": render(text)}
        case Paragraph(text, quiet):
            return {"kind": "paragraph", "text": render(text), "quiet": quiet}
        case Quote(text):
            return {"kind": "quote", "text": text}
        case Bullets(items, numbered):
            return {"kind": "bullets", "items": [render(item) for item in items], "numbered": numbered}
        case Fields(items):
            fields = [{"label": render(field.label), "value": render(field.value)} for field in items]
            return {"kind": "fields", "items": fields}
        case Image(data, media_type, alt):
            return {"kind": "image", "data": b64encode(data).decode(), "media_type": media_type, "alt": render(alt)}
        case Document(name, media_type, data):
            return {"kind": "document", "name": name, "media_type": media_type, "data": b64encode(data).decode()}
        case ChannelLink(label, conversation):
            return {"kind": "paragraph", "text": f"{render(label)}: #{conversation.channel}", "quiet": False}
        case Divider():
            return {"kind": "divider"}
        case Buttons(items):
            return {"kind": "buttons", "items": [_button(button) for button in items]}
        case Select(label, action, choices):
            options = [choice_payload(choice) for choice in choices]
            return {"kind": "select", "label": render(label), "action": action.encode(), "choices": options}
        case _:
            raise TypeError(f"{element!r} cannot be shown")


def _button(button: Button) -> Payload:
    action = button.action.encode() if button.action is not None else None
    return {"label": render(button.label), "action": action, "url": button.url, "style": button.style}


def choice_payload(choice: Choice) -> Payload:
    """One option of a select, of an input or of a completion."""
    return {"value": choice.value, "label": render(choice.label)}


def form_payload(form: Form) -> Payload:
    """A resolved form as JSON. The values it opens with are lists of strings, as they come back.

    A choice that completes takes any words as well: it is a text, with choices `offered`.
    """
    return {
        "action": form.action.encode(),
        "title": render(form.title),
        "intro": render(form.intro),
        "submit": render(form.submit),
        "inputs": [_input(each) for each in form.inputs],
    }


def _input(each: Input) -> Payload:
    common = {"name": each.name, "label": render(each.label), "hint": render(each.hint), "required": each.required}
    match each:
        case TextInput():
            value = [each.value] if each.value else []
            own = {"kind": "text", "multiline": each.multiline, "longest": each.longest, "value": value}
        case ChoiceInput() if each.completed_by:
            offered = [choice_payload(choice) for choice in each.choices]
            own = {"kind": "text", "multiline": False, "longest": OWN_WORDS, "offered": offered, "value": [*each.value]}
        case ChoiceInput():
            options = [choice_payload(choice) for choice in each.choices]
            own = {"kind": "choice", "choices": options, "several": each.several, "value": list(each.value)}
        case RatingInput():
            options = [
                {"value": str(number), "label": render(anchor)}
                for number, anchor in enumerate(each.anchors, each.lowest)
            ]
            value = [] if each.value is None else [str(each.value)]
            own = {"kind": "rating", "choices": options, "value": value}
        case MemberInput():
            own = {"kind": "member", "value": [each.value] if each.value else []}
    return {**common, **own}


def plain_text(card: Payload) -> str:
    """All that can be read in a card, from top to bottom, without the labels of its controls."""
    return "\n".join([card["title"], *(line for element in card["elements"] for line in _lines(element))])


def _lines(element: Payload) -> Iterator[str]:
    match element["kind"]:
        case "header" | "paragraph" | "quote":
            yield element["text"]
        case "bullets":
            yield from element["items"]
        case "fields":
            yield from (f"{field['label']}: {field['value']}" for field in element["items"])
        case "image":
            yield element["alt"]
        case "document":
            yield element["name"]


def controls(card: Payload) -> list[Payload]:
    """Its buttons and selects, in order."""
    found: list[Payload] = []
    for element in card["elements"]:
        if element["kind"] == "buttons":
            found.extend(element["items"])
        elif element["kind"] == "select":
            found.append(element)
    return found


def objection(card: Payload) -> str | None:
    """Why the workspace refuses this card, as a real platform would; None where all is well."""
    lengths = [len(line) for element in card["elements"] for line in _lines(element)]
    longest = LIMITS.title if card["headed"] else LIMITS.text
    if len(card["title"]) > longest or not card["title"].strip():
        return f"a title needs 1 to {longest} characters"
    if len(card["elements"]) > LIMITS.elements:
        return f"more than {LIMITS.elements} elements"
    if any(length > LIMITS.text for length in lengths) or sum(lengths) > LIMITS.message:
        return "too much text"
    return next((problem for element in card["elements"] if (problem := _element_objection(element))), None)


def _element_objection(element: Payload) -> str | None:
    match element["kind"]:
        case "buttons":
            return _buttons_objection(element["items"])
        case "select" if not 1 <= len(element["choices"]) <= LIMITS.choices:
            return "a select needs 1 to 100 choices"
        case "fields" if len(element["items"]) > LIMITS.fields:
            return f"more than {LIMITS.fields} fields"
        case "image" if element["media_type"] not in IMAGE_TYPES:
            return f"{element['media_type']} is no picture"
        case "document" if len(element["data"]) * 3 // 4 > LIMITS.file_size or not FILE_NAME.fullmatch(element["name"]):
            return "a file is too large, or its name is none"
    return None


def _buttons_objection(buttons: list[Payload]) -> str | None:
    if not 1 <= len(buttons) <= LIMITS.buttons_in_row:
        return f"a row takes 1 to {LIMITS.buttons_in_row} buttons"
    for button in buttons:
        if not 1 <= len(button["label"]) <= LIMITS.button_label:
            return "a button's label needs 1 to 80 characters"
        if (button["action"] is None) == (button["url"] is None):
            return "a button has either an action or an address"
        if button["url"] is not None and not button["url"].startswith(("http://", "https://")):
            return "a button's address must be a web address"
    return None
