"""From a fitted card to a message of Discord: components in a frame, in the order of the card, and its files.

Numbers of component types and flags are those of Discord's reference of components: a frame (container) holds
texts, rows of buttons or one select, pictures, files and lines; a message marked so has neither content nor embeds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from mimetypes import guess_extension
from typing import Any

from adapters.discord.keys import home_mark, marks
from adapters.discord.markdown import escaped
from bot.chat.cards import (
    Bullets,
    Button,
    Buttons,
    Card,
    ChannelLink,
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

Payload = dict[str, Any]

ROW, BUTTON, SELECT, TEXT, GALLERY, FILE, LINE, FRAME = 1, 2, 3, 10, 12, 13, 14, 17
BY_COMPONENTS = 1 << 15
"""The flag of a message that consists of components only."""
EPHEMERAL = 1 << 6
STYLES = {"normal": 2, "primary": 1, "danger": 4}
LINK = 5
NO_MENTIONS: Payload = {"parse": []}
MOST_TEXT = 4000
"""Characters that Discord takes in all texts of a message together."""
LONGEST_DESCRIPTION = 1024


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message: a picture it shows, or one to be taken."""

    filename: str
    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """The body of a message, and the files that go with it."""

    body: Payload
    attachments: tuple[Attachment, ...] = field(default=())


def rendered(card: Card, *, key: str | None = None, flags: int = 0, home: str | None = None) -> Rendered:
    """The message that shows `card`, marked with `key` where one is given.

    `home` is the server that a card to one person is about.
    """
    attachments: list[Attachment] = []
    inside = _inside(card, attachments, decorated=True)
    if _text_length(inside) > MOST_TEXT:
        attachments.clear()
        inside = _inside(card, attachments, decorated=False)
    frame: Payload = {"type": FRAME, "components": inside}
    if key is not None:
        frame["id"], inside[0]["id"] = marks(key)
    if home is not None:
        for number, row in enumerate([each for each in inside if each["type"] == ROW]):
            row["id"] = home_mark(home) + number
    body: Payload = {
        "components": [frame],
        "flags": BY_COMPONENTS | flags,
        "allowed_mentions": NO_MENTIONS,
        "attachments": [{"id": number, "filename": each.filename} for number, each in enumerate(attachments)],
    }
    return Rendered(body, tuple(attachments))


def _inside(card: Card, attachments: list[Attachment], *, decorated: bool) -> list[Payload]:
    elements = [_element(element, attachments, decorated) for element in card.elements]
    title = _heading(card.title) if card.headed else escaped(said(card.title))
    return [_text(title), *(each for each in elements if each is not None)]


def _element(element: Element, attachments: list[Attachment], decorated: bool) -> Payload | None:
    match element:
        case Image():
            return _gallery(element, attachments)
        case Document():
            attachments.append(Attachment(element.name, element.data, element.media_type))
            return {"type": FILE, "file": {"url": f"attachment://{element.name}"}}
        case Divider():
            return {"type": LINE, "divider": True, "spacing": 1}
        case Buttons():
            return {"type": ROW, "components": [_button(button) for button in element.items]}
        case Select():
            return {"type": ROW, "components": [_select(element)]}
        case _:
            text = "\n".join(_lines(element, decorated))
            return _text(text) if text.strip() else None


def _lines(element: Element, decorated: bool) -> Iterator[str]:
    match element:
        case Header():
            yield f"**{' '.join(escaped(said(element.text)).split())}**"
        case Paragraph():
            mark = "-# " if element.quiet and decorated else ""
            for line in escaped(said(element.text)).split("\n"):
                yield f"{mark}{line}" if line.strip() else line
        case Quote():
            yield from (f"> {line}" for line in escaped(element.text).split("\n"))
        case Bullets():
            for number, item in enumerate(element.items, element.first):
                yield f"{number}. {escaped(said(item))}" if element.numbered else f"- {escaped(said(item))}"
        case Fields():
            bold = "**" if decorated else ""
            yield from (
                f"{bold}{escaped(said(each.label))}:{bold} {escaped(said(each.value))}" for each in element.items
            )
        case ChannelLink():
            yield f"{escaped(said(element.label))}: <#{element.conversation.channel}>"
        case _:
            pass


def _heading(words: Words) -> str:
    return "### " + " ".join(escaped(said(words)).split("\n"))


def _text(content: str) -> Payload:
    return {"type": TEXT, "content": content}


def _button(button: Button) -> Payload:
    label = said(button.label)
    if button.action is None:
        return {"type": BUTTON, "style": LINK, "label": label, "url": button.url}
    return {"type": BUTTON, "style": STYLES[button.style], "label": label, "custom_id": button.action.encode()}


def _select(select: Select) -> Payload:
    options = [{"label": said(choice.label), "value": choice.value} for choice in select.choices]
    return {
        "type": SELECT,
        "custom_id": select.action.encode(),
        "placeholder": said(select.label),
        "options": options,
    }


def _gallery(image: Image, attachments: list[Attachment]) -> Payload:
    filename = f"picture-{len(attachments)}{guess_extension(image.media_type) or ''}"
    attachments.append(Attachment(filename, image.data, image.media_type))
    description = said(image.alt)[:LONGEST_DESCRIPTION]
    return {"type": GALLERY, "items": [{"media": {"url": f"attachment://{filename}"}, "description": description}]}


def _text_length(components: list[Payload]) -> int:
    return sum(len(each.get("content", "")) for each in components)
