"""Lists on cards: so many at a time, that there are more said in words, and the next ones a click away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from bot.base.text import t, tn
from bot.chat.actions import Action
from bot.chat.cards import Button, Buttons, Paragraph

T = TypeVar("T")
IN_A_ROW = 5
"""As many buttons as every platform shows in a row."""


def part_of(items: Sequence[T], start: int, most: int) -> tuple[Sequence[T], int]:
    """At most `most` of the items from `start` on, and how many come after them.

    From the beginning where the list has become too short for `start` since its button was shown.
    """
    begin = start if 0 <= start < len(items) else 0
    shown = items[begin : begin + most]
    return shown, len(items) - begin - len(shown)


def and_more(left: int) -> tuple[Paragraph, ...]:
    """The line below a list that was cut; nothing where all of it is shown."""
    return (Paragraph(tn("and {count} more", "and {count} more", left), quiet=True),) if left > 0 else ()


def next_button(left: int, most: int, action: Action) -> tuple[Button, ...]:
    """The button that shows the next ones; none where there are none."""
    return (Button(t("The next {count}", count=min(left, most)), action),) if left > 0 else ()


def in_rows(buttons: Sequence[Button]) -> list[Buttons]:
    """A list whose items are buttons, in rows that fit everywhere."""
    return [Buttons(tuple(buttons[at : at + IN_A_ROW])) for at in range(0, len(buttons), IN_A_ROW)]
