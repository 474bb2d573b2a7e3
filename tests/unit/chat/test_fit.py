"""Fitting cards to what a conversation can show."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.text import t
from bot.chat.actions import Action
from bot.chat.capabilities import Capabilities
from bot.chat.cards import (
    Bullets,
    Button,
    Buttons,
    Card,
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
)
from bot.chat.fit import Fitted, fit, fits
from tests.unit.chat.platforms import ALL, DISCORD, NARROW, SLACK


class Pressed(Action):
    name = "pressed"
    number: int


LONG = "The team did not agree on the plan. " * 300
PICTURE = Image(b"", "image/png", "A chart of the last six answers")


def elements_of(fitted: Fitted) -> list[Element]:
    return [element for card in fitted.cards for element in card.elements]


def words_of(elements: list[Element]) -> str:
    """Everything readable in the elements, without white space, in order."""
    read: list[str] = []
    for element in elements:
        match element:
            case Header() | Paragraph():
                read.append(str(element.text))
            case Quote():
                read.append(element.text)
            case Bullets():
                read.extend(map(str, element.items))
            case Fields():
                read.extend(f"{item.label}:{item.value}" for item in element.items)
            case _:
                pass
    return "".join("".join(read).split())


FILE = Document("answers.csv", "text/csv", b"a,b", "Ask an admin for the file.")


def test_a_file_goes_with_its_card_or_as_a_message_of_its_own() -> None:
    card = Card("Your answers", (Paragraph("All of them."), FILE))
    assert fit(card, DISCORD) == Fitted((card,))
    text, file = fit(card, SLACK).cards
    assert text == Card("Your answers", (Paragraph("All of them."),))
    assert file == Card("answers.csv", (FILE,))
    assert fit(file, SLACK).cards == (file,)


@pytest.mark.parametrize("able", [replace(DISCORD, files=False), NARROW, SLACK], ids=["none", "narrow", "too large"])
def test_a_file_that_cannot_be_handed_over_is_replaced_by_how_to_get_it(able: Capabilities) -> None:
    large = replace(FILE, data=b"x" * (able.limits.file_size + 1))
    fitted = fit(Card("Your answers", (large,)), able)
    assert [element for card in fitted.cards for element in card.elements] == [Paragraph("Ask an admin for the file.")]
    assert "a file was replaced by how to get it" in fitted.notes


@pytest.mark.parametrize("capabilities", ALL.values(), ids=ALL)
def test_a_card_that_fits_comes_back_as_it_is(capabilities: Capabilities) -> None:
    card = Card("Feedback", (Paragraph("Short and clear."), Divider()))
    assert fit(card, capabilities) == Fitted((card,))


@pytest.mark.parametrize("capabilities", ALL.values(), ids=ALL)
def test_a_long_quotation_goes_on_in_further_messages_without_losing_a_word(capabilities: Capabilities) -> None:
    fitted = fit(Card("Your answer", (Quote(LONG),)), capabilities)
    assert "".join(element.text for element in elements_of(fitted) if isinstance(element, Quote)) == LONG
    assert all(fits(card, capabilities) for card in fitted.cards)


def test_the_messages_of_one_card_are_numbered() -> None:
    fitted = fit(Card("Your answer", (Quote(LONG),)), DISCORD)
    assert [card.title for card in fitted.cards] == ["Your answer (1/3)", "Your answer (2/3)", "Your answer (3/3)"]
    assert fitted.notes == ("the card was split into 3 messages",)


def test_a_text_is_measured_with_its_escapes() -> None:
    assert len(fit(Card("Title", (Quote("&" * 2900),)), SLACK).cards) == 2
    assert len(fit(Card("Title", (Quote("a" * 2900),)), SLACK).cards) == 1


def test_a_title_that_is_too_long_stands_in_full_below() -> None:
    fitted = fit(Card("A title of more than twenty characters", (Paragraph("Text"),)), NARROW)
    whole = Paragraph("A title of more than twenty characters")
    assert fitted.cards == (Card("A title of more…", (whole, Paragraph("Text"))),)


def test_a_title_over_nothing_but_controls_is_a_sentence_and_may_be_as_long_as_a_text() -> None:
    sentence = Card("A sentence of more than twenty characters", (Place("nothing.here", "subject"),))
    assert not sentence.headed
    assert fit(sentence, NARROW).cards == (Card("A sentence of more than twenty characters"),)
    assert Card("A heading", (Paragraph("Text"),)).headed


def test_a_picture_gives_way_to_its_description() -> None:
    fitted = fit(Card("Progress", (PICTURE,)), replace(SLACK, images=False))
    assert elements_of(fitted) == [Paragraph("A chart of the last six answers", quiet=True)]
    assert fitted.notes == ("a picture was replaced by its description",)
    assert elements_of(fit(Card("Progress", (PICTURE,)), SLACK)) == [PICTURE]


def test_fields_become_a_list_where_there_are_no_columns() -> None:
    card = Card("Rating", (Fields((Field("Level", "L4"), Field("Rating", "3 of 5"))),))
    without = replace(DISCORD, limits=replace(DISCORD.limits, fields=0))
    assert elements_of(fit(card, without)) == [Bullets(("Level: L4", "Rating: 3 of 5"))]
    assert fit(card, SLACK).cards == (card,)


def test_a_line_between_two_parts_stands_at_the_end_of_no_message() -> None:
    card = Card("Home", (Paragraph("First. " * 400), Divider(), Paragraph("Second. " * 400), Divider()))
    found = fit(card, DISCORD).cards
    assert len(found) > 1
    ends = [element for part in found for element in (part.elements[0], part.elements[-1])]
    assert not any(isinstance(each, Divider) for each in ends)


def test_a_header_goes_with_what_it_is_over() -> None:
    first, second = Paragraph("First. " * 400), Paragraph("Second. " * 200)
    card = Card("Help", (first, Header("The second part"), second))
    found = fit(card, DISCORD).cards
    assert [part.elements for part in found] == [(first,), (Header("The second part"), second)]


def test_too_many_fields_stand_in_several_groups() -> None:
    card = Card("Rating", (Fields(tuple(Field(str(number), "value") for number in range(12))),))
    assert [len(element.items) for element in elements_of(fit(card, SLACK)) if isinstance(element, Fields)] == [10, 2]


def test_too_many_buttons_stand_in_several_rows() -> None:
    buttons = tuple(Button(str(number), Pressed(number=number)) for number in range(7))
    rows = elements_of(fit(Card("Choose", (Buttons(buttons),)), DISCORD))
    assert rows == [Buttons(buttons[:5]), Buttons(buttons[5:])]


def test_a_long_label_of_a_button_stands_in_full_above() -> None:
    card = Card(
        "Choose", (Buttons((Button("Show me the rest", Pressed(number=1)), Button("Done", Pressed(number=2)))),)
    )
    assert elements_of(fit(card, NARROW)) == [
        Bullets(("Show me the rest",)),
        Buttons((Button("Show me…", Pressed(number=1)), Button("Done", Pressed(number=2)))),
    ]


def test_a_select_of_too_many_choices_is_split_over_messages() -> None:
    choices = tuple(Choice(str(number), f"Archetype {number}") for number in range(30))
    fitted = fit(Card("Archetypes", (Select("Choose", Pressed(number=1), choices),)), DISCORD)
    assert [card.elements for card in fitted.cards] == [
        (Select("Choose (1/2)", Pressed(number=1), choices[:25]),),
        (Select("Choose (2/2)", Pressed(number=1), choices[25:]),),
    ]


def test_a_payload_stands_only_once_in_a_message() -> None:
    more, done = Button("More", Pressed(number=1)), Button("Done", Pressed(number=2))
    fitted = fit(
        Card("Title", (Buttons((more, done, more)), Select("Which", Pressed(number=2), (Choice("a", "A"),)))), SLACK
    )
    assert [card.elements for card in fitted.cards] == [
        (Buttons((more, done)),),
        (Buttons((more,)), Select("Which", Pressed(number=2), (Choice("a", "A"),))),
    ]


def test_long_choices_are_numbered_and_listed_in_full() -> None:
    choices = (Choice("a", "Conflict with a peer"), Choice("b", "Failure"))
    assert elements_of(fit(Card("Choose", (Select("Which", Pressed(number=1), choices),)), NARROW)) == [
        Bullets(("Conflict with a peer", "Failure"), numbered=True),
        Select("Which", Pressed(number=1), (Choice("a", "1. Conf…"), Choice("b", "2. Fail…"))),
    ]


def test_a_numbered_list_counts_on_where_it_was_split() -> None:
    items = tuple(f"{'item ' * 5}{number}" for number in range(4))
    lists = elements_of(fit(Card("Steps", (Bullets(items, numbered=True),)), NARROW))
    assert [(one.first, len(one.items)) for one in lists if isinstance(one, Bullets)] == [
        (1, 1),
        (2, 1),
        (3, 1),
        (4, 1),
    ]


def test_an_empty_element_and_an_unfilled_place_are_left_out_and_noted() -> None:
    fitted = fit(Card("Title", (Paragraph("  "), Place("answer.actions", "1"), Buttons(()))), SLACK)
    assert fitted.cards == (Card("Title"),)
    assert fitted.notes == (
        "an empty paragraph was left out",
        "the place answer.actions was left empty",
        "an empty buttons was left out",
    )


def test_a_card_has_to_be_resolved_first() -> None:
    with pytest.raises(TypeError, match="resolve"):
        fit(Card(t("Title")), SLACK)
    with pytest.raises(TypeError, match="resolve"):
        fit(Card("Title", (Paragraph(t("Text")),)), SLACK)


texts = st.text(st.sampled_from("ab &*.\n日e\u0301"), max_size=150)
labels = st.text(st.sampled_from("abc &*"), min_size=1, max_size=20).filter(str.strip)
actions = st.builds(Pressed, number=st.integers(0, 30))
buttons = st.lists(st.builds(Button, labels, actions), max_size=6).map(tuple)
choices = st.lists(st.builds(Choice, labels, labels), max_size=8).map(tuple)
elements = st.one_of(
    st.builds(Header, texts),
    st.builds(Paragraph, texts, st.booleans()),
    st.builds(Quote, texts),
    st.builds(Bullets, st.lists(texts, max_size=4).map(tuple), st.booleans()),
    st.builds(Fields, st.lists(st.builds(Field, labels, texts), max_size=4).map(tuple)),
    st.builds(Image, st.just(b""), st.just("image/png"), texts),
    st.builds(Document, st.just("a.csv"), st.just("text/csv"), st.binary(max_size=3), texts),
    st.just(Divider()),
    st.builds(Buttons, buttons),
    st.builds(Select, labels, actions, choices),
)
cards = st.builds(Card, labels, st.lists(elements, max_size=8).map(tuple))
platforms = st.sampled_from(list(ALL.values()))


@given(cards, platforms)
@settings(max_examples=200, deadline=None)
def test_whatever_is_fitted_fits_and_stays_as_it_is(card: Card, capabilities: Capabilities) -> None:
    for part in fit(card, capabilities).cards:
        assert fits(part, capabilities)
        assert fit(part, capabilities) == Fitted((part,))


@given(st.lists(st.one_of(st.builds(Quote, texts), st.builds(Paragraph, texts)), max_size=6).map(tuple), platforms)
@settings(max_examples=200, deadline=None)
def test_every_word_survives_in_its_order(parts: tuple[Element, ...], capabilities: Capabilities) -> None:
    assert words_of(elements_of(fit(Card("Title", parts), capabilities))) == words_of(list(parts))


@given(
    st.lists(
        st.one_of(
            st.builds(Bullets, st.lists(texts, max_size=4).map(tuple)),
            st.builds(Fields, st.lists(st.builds(Field, labels, texts), max_size=4).map(tuple)),
        ),
        max_size=4,
    ).map(tuple),
    platforms,
)
@settings(max_examples=150, deadline=None)
def test_every_word_of_lists_and_fields_survives_in_its_order(
    parts: tuple[Element, ...], capabilities: Capabilities
) -> None:
    assert words_of(elements_of(fit(Card("Title", parts), capabilities))) == words_of(list(parts))


def payloads(elements: list[Element]) -> list[tuple[Action | None, str]]:
    found: list[tuple[Action | None, str]] = []
    for element in elements:
        if isinstance(element, Buttons):
            found.extend((button.action, "") for button in element.items)
        if isinstance(element, Select):
            found.extend((element.action, choice.value) for choice in element.choices)
    return found


@given(cards, platforms)
@settings(max_examples=200, deadline=None)
def test_every_button_and_every_choice_survives(card: Card, capabilities: Capabilities) -> None:
    assert payloads(elements_of(fit(card, capabilities))) == payloads(list(card.elements))
