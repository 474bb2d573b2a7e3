"""Cards: what Starling shows in chat, as plain data.

A card holds catalogue texts (`Text`) and people's own words (`str`). `resolved()` turns the former into the
reader's language and takes the mentions out of the latter; `bot.chat.fit` shapes the result to a conversation's
limits; an adapter renders it. There is no inline markup: an adapter escapes every string, so what a person
typed never formats or pings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache
from typing import Any, Literal, TypeVar, get_type_hints

from bot.base.text import Text, render
from bot.chat.actions import Action
from bot.chat.charts import Chart
from bot.chat.neutral import neutral
from bot.chat.refs import ConversationRef
from bot.chat.words import OwnWords as OwnWords
from bot.chat.words import Words as Words

ButtonStyle = Literal["normal", "primary", "danger"]


@dataclass(frozen=True, slots=True)
class Header:
    """A heading inside a card."""

    text: Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `quiet` for what may stand in smaller or paler type."""

    text: Words
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A person's own words, shown as a quotation."""

    text: OwnWords


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short texts, numbered from `first` on or not."""

    items: tuple[Words, ...]
    numbered: bool = False
    first: int = 1


@dataclass(frozen=True, slots=True)
class Field:
    """A label and its value."""

    label: Words
    value: Words


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels with values, in columns where the platform has them."""

    items: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture; `alt` says what it shows to whoever cannot see it.

    One of a `chart` has no data: it is drawn when it is sent, since that takes a while (`picture`).
    """

    data: bytes
    media_type: str
    alt: Words
    chart: Chart | None = None


def picture(chart: Chart) -> Image:
    """A chart as a picture in a card. Where none can be drawn or shown, the card tells its figures in words."""
    return Image(b"", "image/png", chart.alt, chart)


@dataclass(frozen=True, slots=True)
class Document:
    """A file handed to one person, never to a conversation.

    `name` is ours: short, with an ending, and without anything that a person typed. Where no file can be handed over,
    or none of this size, `otherwise` stands in its place: a sentence that says how to get it.
    """

    name: str
    media_type: str
    data: bytes
    otherwise: Words


@dataclass(frozen=True, slots=True)
class ChannelLink:
    """A label and a channel, shown by its name as a link into it; it notifies nobody."""

    label: Words
    conversation: ConversationRef


@dataclass(frozen=True, slots=True)
class Divider:
    """A line between parts."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button that sends `action` back, or opens `url`."""

    label: Words
    action: Action | None = None
    url: str | None = None
    style: ButtonStyle = "normal"


@dataclass(frozen=True, slots=True)
class Buttons:
    """A row of buttons."""

    items: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a select or of a choice input."""

    value: str
    label: Words


@dataclass(frozen=True, slots=True)
class Select:
    """A select whose chosen value comes back with `action`."""

    label: Words
    action: Action
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A named place where other rooms put their buttons; `subject` is the id of what the card is about."""

    name: str
    subject: str


Element = (
    Header | Paragraph | Quote | Bullets | Fields | Image | Document | ChannelLink | Divider | Buttons | Select | Place
)


@dataclass(frozen=True, slots=True)
class Card:
    """One message: a title that also serves as its notification text, then its elements from top to bottom."""

    title: Words
    elements: tuple[Element, ...] = field(default=())

    @property
    def headed(self) -> bool:
        """Whether the title is the heading of what stands below it.

        Over nothing but controls it is the message itself: a sentence, shown as running text.
        """
        return not all(isinstance(element, Buttons | Select | Place) for element in self.elements)


T = TypeVar("T")


def resolved(thing: T, language: str) -> T:
    """The same card (or form, or element) in `language`, and with nothing in it that could notify anybody.

    Catalogue texts are rendered; in every field that people read mentions are made neutral. Values, payloads,
    addresses and what stands in the inputs of a form are not touched.
    """
    done: T = _walk(thing, lambda words: neutral(render(words, language)))
    return done


def _walk(thing: Any, change: Callable[[Words], str]) -> Any:
    if isinstance(thing, tuple):
        return tuple(_walk(item, change) for item in thing)
    if isinstance(thing, Text):
        return change(thing)
    if not is_dataclass(thing) or isinstance(thing, type):
        return thing
    read = _read_by_people(type(thing))
    done = {f.name: getattr(thing, f.name) for f in fields(thing)}
    for name, value in done.items():
        if name in read and isinstance(value, tuple):
            done[name] = tuple(change(words) for words in value)
        else:
            done[name] = change(value) if name in read else _walk(value, change)
    return replace(thing, **done)


@cache
def _read_by_people(kind: type) -> frozenset[str]:
    """The fields of a dataclass declared as `Words`, a tuple of them, or `OwnWords`."""
    hints = get_type_hints(kind, include_extras=True)
    return frozenset(name for name, hint in hints.items() if hint in (Words, tuple[Words, ...], OwnWords))


def said(words: Words) -> str:
    """Resolved words; `TypeError` for a catalogue text, which has to be resolved first."""
    if isinstance(words, Text):
        raise TypeError(f"resolve this first: {words.source}")
    return words
