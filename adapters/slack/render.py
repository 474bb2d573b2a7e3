"""Cards to Block Kit.

Running text goes out as rich text, which Slack shows exactly as it is: no markup, no mention, no emoji code is read in
it. Labels and headings are plain text. The message's own `text` is the whole card again, since that is
what notifications show and screen readers read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from adapters.slack.words import escaped
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
    Quote,
    Select,
    Words,
    said,
)
from bot.chat.cutting import shortened
from bot.chat.plain import plain

Block = dict[str, Any]

METADATA = "starling_post"
"""The event type of the metadata that every post of ours carries."""
KEY = "key"
ALT_TEXT = 2000
"""Characters of a picture's description."""
NOTHING: Mapping[Image, str] = MappingProxyType({})
LINK = "link:"
"""Begins the action id of a button that only opens an address."""


def body_of(card: Card, key: str | None = None, files: Mapping[Image, str] = NOTHING) -> dict[str, Any]:
    """What `chat.postMessage` and its kin take for a resolved and fitted card; `files` are uploaded pictures."""
    rendered: dict[str, Any] = {"text": escaped(plain(card)), "blocks": blocks(card, files)}
    if key is not None:
        rendered["metadata"] = {"event_type": METADATA, "event_payload": {KEY: key}}
    return rendered


def home_view(card: Card, files: Mapping[Image, str] = NOTHING) -> dict[str, Any]:
    """What `views.publish` takes for a resolved and fitted card; `files` are uploaded pictures."""
    return {"type": "home", "blocks": blocks(card, files)}


def blocks(card: Card, files: Mapping[Image, str] = NOTHING) -> list[Block]:
    """The card's title and elements from top to bottom; a picture that is not among `files` by its description."""
    title = said(card.title)
    first = _header(title) if card.headed else _block(Paragraph(title), 0, files)
    heading = [first] if title.strip() else []
    return heading + [_block(element, number, files) for number, element in enumerate(card.elements)]


def plain_text(words: Words) -> dict[str, Any]:
    """A text object in which nothing is read as markup or emoji."""
    return {"type": "plain_text", "text": escaped(said(words)), "emoji": False}


def option(choice: Choice) -> dict[str, Any]:
    """One option of a select."""
    return {"text": plain_text(choice.label), "value": choice.value}


def _header(text: str) -> Block:
    return {"type": "header", "text": plain_text(text)}


def _block(element: Element, number: int, files: Mapping[Image, str]) -> Block:
    match element:
        case Header(text):
            return _rich({"type": "rich_text_section", "elements": [_text(said(text), bold=True)]})
        case Paragraph(text, quiet=True):
            return {"type": "context", "elements": [plain_text(text)]}
        case Paragraph(text):
            return _rich({"type": "rich_text_section", "elements": [_text(said(text))]})
        case Quote(text):
            return _rich({"type": "rich_text_quote", "elements": [_text(text)]})
        case Bullets():
            return _rich(_list(element))
        case Fields():
            return _rich({"type": "rich_text_section", "elements": _lines(element)})
        case ChannelLink(label, conversation):
            link = {"type": "channel", "channel_id": conversation.channel}
            return _rich({"type": "rich_text_section", "elements": [_text(f"{said(label)}: ", bold=True), link]})
        case Divider():
            return {"type": "divider"}
        case Buttons(items):
            return {"type": "actions", "elements": [_button(each, f"{number}.{i}") for i, each in enumerate(items)]}
        case Select():
            return {"type": "actions", "elements": [_select(element)]}
        case Image(alt=alt) if element in files:
            described = shortened(said(alt), ALT_TEXT)
            return {"type": "image", "slack_file": {"id": files[element]}, "alt_text": described}
        case Document(name=name):
            return {"type": "context", "elements": [plain_text(name)]}
        case Image(alt=alt):
            return {"type": "context", "elements": [plain_text(alt)]}
        case _:
            raise TypeError(f"{element!r} cannot be shown")


def _rich(element: Block) -> Block:
    return {"type": "rich_text", "elements": [element]}


def _text(text: str, *, bold: bool = False) -> Block:
    return {"type": "text", "text": text} | ({"style": {"bold": True}} if bold else {})


def _list(bullets: Bullets) -> Block:
    items = [{"type": "rich_text_section", "elements": [_text(said(item) or " ")]} for item in bullets.items]
    rendered: Block = {
        "type": "rich_text_list",
        "style": "ordered" if bullets.numbered else "bullet",
        "elements": items,
    }
    if bullets.numbered and bullets.first > 1:
        rendered["offset"] = bullets.first - 1
    return rendered


def _lines(fields: Fields) -> Sequence[Block]:
    """One line for each field, its label in bold."""
    found: list[Block] = []
    for number, item in enumerate(fields.items):
        end = "\n" if number < len(fields.items) - 1 else ""
        found += [_text(f"{said(item.label)}: ", bold=True), _text(f"{said(item.value)}{end}" or " ")]
    return found


def _button(button: Button, place: str) -> Block:
    rendered: Block = {"type": "button", "text": plain_text(button.label)}
    if button.url is not None:
        rendered |= {"action_id": f"{LINK}{place}", "url": button.url}
    elif button.action is not None:
        rendered["action_id"] = button.action.encode()
    if button.style != "normal":
        rendered["style"] = button.style
    return rendered


def _select(select: Select) -> Block:
    return {
        "type": "static_select",
        "action_id": select.action.encode(),
        "placeholder": plain_text(select.label),
        "options": [option(choice) for choice in select.choices],
    }
