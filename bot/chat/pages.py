"""Pages as plain data: what is too large for chat, built by a room and rendered by whoever shows pages.

As with cards there is no inline markup: every string is shown as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.cards import Bullets, Fields, Paragraph, Quote, Words
from bot.chat.charts import Chart
from bot.chat.forms import Form, MemberInput


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to another page of Starling, by its name and subject."""

    label: Words
    page: str
    subject: str = ""


Cell = Words | PageLink


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; the first cell of a row is its heading, which may lead to a page of its own.

    `caption` says what the table holds.
    """

    caption: Words
    columns: tuple[Words, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class PageForm:
    """A form on a page: what a modal would be in chat, submitted to the same declared form.

    Where there is a label `behind` which it stands, the reader opens it by that; it is open where something in it
    needs another look.

    `TypeError` for one with a `MemberInput`: chat platforms have a picker of people of their own, a page has none, and
    nobody knows anybody's id by heart. The people whom its reader may name are offered as a `ChoiceInput`.
    """

    form: Form
    behind: Words = ""

    def __post_init__(self) -> None:
        asked = [one.name for one in self.form.inputs if isinstance(one, MemberInput)]
        if asked:
            raise TypeError(
                f"a page has no picker of people for {', '.join(asked)}: offer those whom its reader may name as the "
                "choices of a ChoiceInput"
            )


PageElement = Paragraph | Quote | Bullets | Fields | Table | Chart | PageForm | PageLink


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under a heading of its own."""

    heading: Words
    elements: tuple[PageElement, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page; `lead` is the paragraph under the title."""

    title: Words
    sections: tuple[Section, ...]
    lead: Words = ""
