"""The plain-text form of a card: for notifications, screen readers and places without formatting."""

from __future__ import annotations

from collections.abc import Iterator

from bot.chat.cards import (
    Bullets,
    Buttons,
    Card,
    Document,
    Element,
    Fields,
    Header,
    Image,
    Paragraph,
    Quote,
    Words,
    said,
)


def plain(card: Card) -> str:
    """A resolved card as text: its title, then what can be read, block by block.

    Quotations are marked with `>`, lists with `-` or numbers. Of controls only links remain, since a label that
    cannot be pressed only confuses whoever hears it read out.
    """
    blocks = [said(card.title), *("\n".join(_lines(element)) for element in card.elements)]
    return "\n\n".join(block for block in blocks if block.strip())


def _lines(element: Element) -> Iterator[str]:
    match element:
        case Header() | Paragraph():
            yield said(element.text)
        case Quote():
            yield from _marked("> ", "> ", element.text)
        case Bullets():
            for number, item in enumerate(element.items, element.first):
                mark = f"{number}. " if element.numbered else "- "
                yield from _marked(mark, " " * len(mark), item)
        case Fields():
            for field in element.items:
                yield f"{said(field.label)}: {said(field.value)}"
        case Image():
            yield said(element.alt)
        case Document():
            yield element.name
        case Buttons():
            for button in element.items:
                if button.url:
                    yield f"{said(button.label)}: {button.url}"
        case _:
            pass


def _marked(first: str, others: str, text: Words) -> Iterator[str]:
    """The lines of `text`, the first with one mark before it and the others with another."""
    for number, line in enumerate(said(text).splitlines() or [""]):
        yield (others if number else first) + line
