"""What databases cannot store in a text: half a character, and the character zero."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.events import ActionClicked, CommandInvoked, Event, FormSubmitted, MessageEdited, MessagePosted

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def storable(text: str) -> str:
    """`text` with a replacement character for whatever no database takes; unchanged where all is well."""
    if text.isascii() and "\0" not in text:
        return text
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", REPLACEMENT)


def with_storable_texts(event: Event) -> Event:
    """The event with every text that a person entered made storable."""
    match event:
        case MessagePosted() | MessageEdited():
            return replace(event, text=storable(event.text))
        case CommandInvoked():
            return replace(event, line=storable(event.line))
        case ActionClicked():
            return replace(event, chosen=tuple(map(storable, event.chosen)))
        case FormSubmitted():
            values = {storable(name): tuple(map(storable, entered)) for name, entered in event.values.items()}
            return replace(event, values=values)
        case _:
            return event
