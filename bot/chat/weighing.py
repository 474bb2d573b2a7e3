"""What the elements of a card weigh, and whether they can stand in one message together."""

from __future__ import annotations

from collections.abc import Iterable

from bot.chat.actions import Action
from bot.chat.capabilities import Limits
from bot.chat.cards import (
    Bullets,
    Buttons,
    ChannelLink,
    Choice,
    Document,
    Element,
    Fields,
    Header,
    Image,
    Paragraph,
    Quote,
    Select,
    said,
)
from bot.chat.cutting import Measure

BETWEEN = 2
"""Characters counted between two elements of a message."""
MARK = 6
"""Characters counted for the mark and the line end of a list's item, and between a label and its value."""
LINK = 40
"""Characters counted for a link to a channel."""
BAR = 2
"""Characters counted for the bar before each line of a quotation."""


def bars(measure: Measure) -> Measure:
    """The measure of a quotation, each line with its bar."""
    return lambda text: measure(text) + BAR * (text.count("\n") + 1)


def weight(element: Element, measure: Measure) -> int:
    """What the texts of an element measure, with the marks around them; labels of controls do not count."""
    match element:
        case Header() | Paragraph():
            return measure(said(element.text))
        case Quote():
            return bars(measure)(element.text)
        case Bullets():
            return sum(measure(said(item)) + MARK for item in element.items)
        case Fields():
            return sum(measure(said(item.label)) + measure(said(item.value)) + MARK for item in element.items)
        case Image():
            return measure(said(element.alt))
        case Document():
            return measure(element.name)
        case ChannelLink():
            return measure(said(element.label)) + LINK
        case _:
            return 0


def parts(element: Element) -> int:
    """An element and the controls inside it."""
    match element:
        case Buttons():
            return 1 + len(element.items)
        case Select():
            return 2
        case _:
            return 1


def payloads(element: Element) -> list[Action]:
    """The payloads of the element's controls."""
    match element:
        case Buttons():
            return [button.action for button in element.items if button.action is not None]
        case Select():
            return [element.action]
        case _:
            return []


def repeats(elements: Iterable[Element]) -> bool:
    """Whether a payload stands twice in one message, which some platforms refuse."""
    found = [payload for element in elements for payload in payloads(element)]
    return len(found) > len(set(found))


def is_empty(element: Element) -> bool:
    """Whether there is nothing to show, which platforms refuse."""
    match element:
        case Header() | Paragraph():
            return not said(element.text).strip()
        case Quote():
            return not element.text.strip()
        case Bullets() | Fields() | Buttons():
            return not element.items
        case Select():
            return not element.choices
        case _:
            return False


def check_values_fit(choices: Iterable[Choice], limits: Limits) -> None:
    """`ValueError` for a choice whose value the platform does not take: cut off, it would mean something else."""
    for choice in choices:
        if limits.measure(choice.value) > limits.choice_value:
            raise ValueError(f"the value of a choice is longer than {limits.choice_value} characters: {choice.value}")
