"""Fitting: the one place that shapes a card or a form to what a conversation can show.

`fit` takes a resolved card. What is too long is cut into several elements, what is too much into several cards;
what the platform lacks is shown in another way. People's words are never cut off: a label that has to be
shortened stands in full beside it. A card that fits already comes back unchanged, so fitting twice is fitting once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TypeVar

from bot.chat.capabilities import Capabilities, Limits
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
    Field,
    Fields,
    Header,
    Image,
    Paragraph,
    Place,
    Quote,
    Select,
    said,
)
from bot.chat.cutting import numbered, pieces, shortened
from bot.chat.form_steps import fit_form
from bot.chat.weighing import BETWEEN, MARK, bars, check_values_fit, is_empty, parts, repeats, weight

__all__ = ["Fitted", "fit", "fit_form", "fits"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fitted:
    """The cards to send, in order, and what was changed to make them fit (in English, for the log)."""

    cards: tuple[Card, ...]
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Work:
    """One card being fitted: `room` is what the text of one element may measure."""

    capabilities: Capabilities
    room: int
    notes: list[str] = field(default_factory=list)

    @property
    def limits(self) -> Limits:
        return self.capabilities.limits

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)


def fit(card: Card, capabilities: Capabilities) -> Fitted:
    """Shape a resolved card to `capabilities`: `TypeError` for a card that still holds catalogue texts.

    `ValueError` for a choice whose value is too long for the platform.
    """
    limits = capabilities.limits
    for element in card.elements:
        if isinstance(element, Select):
            check_values_fit(element.choices, limits)
    if fits(card, capabilities):
        return Fitted((card,))
    apart = _files_apart(card, capabilities)
    if apart:
        others = tuple(element for element in card.elements if element not in apart)
        rest = fit(replace(card, elements=others), capabilities)
        files = (Card(file.name, (file,)) for file in apart)
        return Fitted((*rest.cards, *files), (*rest.notes, "a file became a message of its own"))
    title = said(card.title)
    head = min(limits.title, limits.measure(title) + len(" (999/999)"))
    work = _Work(capabilities, min(limits.text, limits.message - head - BETWEEN))
    elements = [part for element in card.elements for part in _shaped(element, work)]
    whole = Card(title, tuple(elements))
    if fits(whole, capabilities):
        return Fitted((whole,), tuple(work.notes))
    elements = [*_titled(title, work), *elements]
    groups = _packed(elements, limits, limits.message - head)
    if len(groups) > 1:
        work.note(f"the card was split into {len(groups)} messages")
    cards = tuple(
        Card(numbered(title, number, len(groups), limits.title, limits.measure), tuple(group))
        for number, group in enumerate(groups, 1)
    )
    return Fitted(cards, tuple(work.notes))


def fits(card: Card, capabilities: Capabilities) -> bool:
    """Whether a resolved card can be sent as it is."""
    limits = capabilities.limits
    title = limits.measure(said(card.title))
    return (
        title <= (limits.title if card.headed else limits.text)
        and all(_alone_fits(element, capabilities) for element in card.elements)
        and len(card.elements) <= limits.elements
        and (limits.parts is None or sum(map(parts, card.elements)) <= limits.parts)
        and not repeats(card.elements)
        and not _files_apart(card, capabilities)
        and title + sum(weight(element, limits.measure) + BETWEEN for element in card.elements) <= limits.message
    )


def _files_apart(card: Card, capabilities: Capabilities) -> list[Document]:
    """The files of a card that have to go by themselves, and do not yet."""
    if not capabilities.files_apart or len(card.elements) < 2:
        return []
    return [each for each in card.elements if isinstance(each, Document) and _can_be_handed(each, capabilities)]


def _can_be_handed(file: Document, capabilities: Capabilities) -> bool:
    return capabilities.files and 0 < len(file.data) <= capabilities.limits.file_size


def _alone_fits(element: Element, capabilities: Capabilities) -> bool:
    limits, measure = capabilities.limits, capabilities.limits.measure
    if is_empty(element) or weight(element, measure) > limits.text:
        return False
    match element:
        case Header():
            return measure(said(element.text)) <= limits.title
        case Image():
            return capabilities.images
        case Document():
            return _can_be_handed(element, capabilities)
        case Fields():
            return len(element.items) <= limits.fields
        case Buttons():
            labels = (measure(said(button.label)) for button in element.items)
            return len(element.items) <= limits.buttons_in_row and all(label <= limits.button_label for label in labels)
        case Select():
            labels = (measure(said(words)) for words in (element.label, *(choice.label for choice in element.choices)))
            return len(element.choices) <= limits.choices and all(label <= limits.choice_label for label in labels)
        case Place():
            return False
        case _:
            return True


def _titled(title: str, work: _Work) -> Iterator[Element]:
    if work.limits.measure(title) > work.limits.title:
        work.note("the title was shortened and stands in full below")
        yield from _paragraphs(title, False, work)


def _shaped(element: Element, work: _Work) -> Iterator[Element]:
    """The elements that together show `element`, each of which fits by itself."""
    if is_empty(element):
        work.note(f"an empty {type(element).__name__.lower()} was left out")
        return
    match element:
        case Header():
            yield from _headed(element, work)
        case Paragraph():
            yield from _paragraphs(said(element.text), element.quiet, work)
        case Quote():
            for piece in pieces(element.text, work.room, bars(work.limits.measure)):
                yield Quote(piece)
        case Bullets():
            yield from _listed(element, work)
        case Fields():
            yield from _in_columns(element, work)
        case Image():
            yield from _pictured(element, work)
        case Document() if _can_be_handed(element, work.capabilities):
            yield element
        case Document():
            work.note("a file was replaced by how to get it")
            yield from _paragraphs(said(element.otherwise), False, work)
        case Buttons():
            yield from _in_rows(element, work)
        case Select():
            yield from _selected(element, work)
        case Place():
            work.note(f"the place {element.name} was left empty")
        case Divider() | ChannelLink():
            yield element


def _paragraphs(text: str, quiet: bool, work: _Work) -> Iterator[Paragraph]:
    for piece in pieces(text, work.room, work.limits.measure):
        yield Paragraph(piece, quiet)


def _headed(header: Header, work: _Work) -> Iterator[Element]:
    text = said(header.text)
    if work.limits.measure(text) <= min(work.limits.title, work.room):
        yield header
    else:
        work.note("a heading was too long and became a paragraph")
        yield from _paragraphs(text, False, work)


def _listed(bullets: Bullets, work: _Work) -> Iterator[Element]:
    """The list in parts that fit; what is left of an item too long for one part follows it as a paragraph."""
    measure, number = work.limits.measure, bullets.first
    run: list[str] = []
    for item in map(said, bullets.items):
        first, *more = pieces(item, work.room - MARK, measure) or [""]
        if sum(measure(text) + MARK for text in (*run, first)) > work.room:
            yield Bullets(tuple(run), bullets.numbered, number - len(run))
            run = []
        run.append(first)
        number += 1
        if more:
            work.note("an item of a list goes on in a paragraph")
            yield Bullets(tuple(run), bullets.numbered, number - len(run))
            run = []
            yield from (Paragraph(piece) for piece in more)
    if run:
        yield Bullets(tuple(run), bullets.numbered, number - len(run))


def _in_columns(fields: Fields, work: _Work) -> Iterator[Element]:
    if not work.limits.fields:
        work.note("columns became a list")
        yield from _listed(Bullets(tuple(f"{said(f.label)}: {said(f.value)}" for f in fields.items)), work)
        return
    run: list[Field] = []
    for item in fields.items:
        own = weight(Fields((item,)), work.limits.measure)
        full = len(run) == work.limits.fields or weight(Fields(tuple(run)), work.limits.measure) + own > work.room
        if run and full:
            yield Fields(tuple(run))
            run = []
        if own > work.room:
            work.note("a field was too long and became paragraphs")
            yield from _paragraphs(f"{said(item.label)}: {said(item.value)}", False, work)
        else:
            run.append(item)
    if run:
        yield Fields(tuple(run))


def _pictured(image: Image, work: _Work) -> Iterator[Element]:
    alt = said(image.alt)
    if not work.capabilities.images:
        work.note("a picture was replaced by its description")
        yield from _paragraphs(alt, True, work)
        return
    yield replace(image, alt=shortened(alt, work.room, work.limits.measure))
    if work.limits.measure(alt) > work.room:
        work.note("the description of a picture was shortened and stands in full below")
        yield from _paragraphs(alt, True, work)


def _in_rows(buttons: Buttons, work: _Work) -> Iterator[Element]:
    limits = work.limits
    long = [said(button.label) for button in buttons.items if limits.measure(said(button.label)) > limits.button_label]
    if long:
        work.note("labels of buttons were shortened and stand in full above")
        yield from _listed(Bullets(tuple(long)), work)
    row: tuple[Button, ...] = ()
    for button in buttons.items:
        longer = (*row, _labelled(button, limits))
        if row and (len(longer) > limits.buttons_in_row or repeats([Buttons(longer)])):
            yield Buttons(row)
            longer = longer[-1:]
        row = longer
    yield Buttons(row)


def _labelled(button: Button, limits: Limits) -> Button:
    return replace(button, label=shortened(said(button.label), limits.button_label, limits.measure))


def _selected(select: Select, work: _Work) -> Iterator[Element]:
    """The select, in several where it has too many choices; long labels get a number and a list above."""
    limits, choices, label = work.limits, select.choices, said(select.label)
    labels = [said(choice.label) for choice in choices]
    if any(limits.measure(text) > limits.choice_label for text in labels):
        work.note("labels of choices were shortened and stand in full above")
        yield from _listed(Bullets(tuple(labels), numbered=True), work)
        choices = tuple(
            Choice(choice.value, shortened(f"{number}. {said(choice.label)}", limits.choice_label, limits.measure))
            for number, choice in enumerate(choices, 1)
        )
    if limits.measure(label) > limits.choice_label:
        work.note("the label of a select was shortened and stands in full above")
        yield from _paragraphs(label, False, work)
    pages = list(_chunks(choices, limits.choices))
    if len(pages) > 1:
        work.note(f"a select was split into {len(pages)}")
    for number, page in enumerate(pages, 1):
        title = numbered(label, number, len(pages), limits.choice_label, limits.measure)
        yield Select(title, select.action, page)


def _chunks(items: Sequence[T], size: int) -> Iterator[tuple[T, ...]]:
    rest = iter(items)
    while chunk := tuple(islice(rest, size)):
        yield chunk


def _packed(elements: Iterable[Element], limits: Limits, room: int) -> list[list[Element]]:
    """The elements in as many groups as needed; no payload stands twice in a message, no header at its end."""
    groups: list[list[Element]] = [[]]
    for element in elements:
        group = groups[-1]
        if not group or _go_together([*group, element], limits, room):
            group.append(element)
        elif len(group) > 1 and isinstance(group[-1], Header) and _go_together([group[-1], element], limits, room):
            groups.append([group.pop(), element])
        else:
            groups.append([element])
    return [_without_lines_at_the_ends(group) for group in groups] if len(groups) > 1 else groups


def _go_together(elements: Sequence[Element], limits: Limits, room: int) -> bool:
    too_many = len(elements) > limits.elements or (
        limits.parts is not None and sum(map(parts, elements)) > limits.parts
    )
    too_long = sum(weight(one, limits.measure) + BETWEEN for one in elements) > room
    return not (too_many or too_long or repeats(elements))


def _without_lines_at_the_ends(group: list[Element]) -> list[Element]:
    """A line between two parts is none any more where one of them went to another message."""
    first, last = 0, len(group)
    while first < last and isinstance(group[first], Divider):
        first += 1
    while last > first and isinstance(group[last - 1], Divider):
        last -= 1
    return group[first:last] or group[:1]
