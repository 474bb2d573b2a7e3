"""Whatever is fitted is taken by Discord, and nothing of it is lost."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.forms import modal, values_of
from adapters.discord.library import discord
from adapters.discord.limits import LIMITS, capabilities_in_direct, capabilities_with
from adapters.discord.markdown import MARKS
from adapters.discord.render import rendered
from bot.chat.actions import Action
from bot.chat.cards import (
    Bullets,
    Button,
    Buttons,
    Card,
    Choice,
    Divider,
    Field,
    Fields,
    Header,
    Image,
    Paragraph,
    Quote,
    Select,
)
from bot.chat.fit import fit, fit_form
from bot.chat.forms import ChoiceInput, Form, MemberInput, RatingInput, TextInput
from tests.wire.discord.reading import read
from tests.wire.discord.validation import check_message, check_modal

ABLE = capabilities_in_direct()


class Pressed(Action):
    name = "pressed"
    number: int


pieces = st.sampled_from([*MARKS, "word ", "line\n", "longer words here ", "1. ", "@", "日", "https://a.b/c_d "])
texts = st.builds(lambda parts, times: "".join(parts) * times, st.lists(pieces, max_size=12), st.integers(1, 120))
labels = st.builds(lambda parts: "".join(parts), st.lists(pieces, min_size=1, max_size=40)).filter(str.strip)
actions = st.builds(Pressed, number=st.integers(0, 30))
choices = st.lists(labels, max_size=30).map(
    lambda found: tuple(Choice(str(number), label) for number, label in enumerate(found))
)
elements = st.one_of(
    st.builds(Header, texts),
    st.builds(Paragraph, texts, st.booleans()),
    st.builds(Quote, texts),
    st.builds(Bullets, st.lists(texts, max_size=4).map(tuple), st.booleans()),
    st.builds(Fields, st.lists(st.builds(Field, labels, texts), max_size=4).map(tuple)),
    st.builds(Image, st.just(b"x"), st.just("image/png"), texts),
    st.just(Divider()),
    st.builds(Buttons, st.lists(st.builds(Button, labels, actions), max_size=12).map(tuple)),
    st.builds(Select, labels, actions, choices),
)
cards = st.builds(Card, labels, st.lists(elements, max_size=12).map(tuple))


@given(cards)
@settings(max_examples=150, deadline=None)
def test_every_part_of_a_card_is_a_message_that_discord_takes(card: Card) -> None:
    for part in fit(card, ABLE).cards:
        message = rendered(part, key="key")
        check_message(message.body, [each.filename for each in message.attachments])


def test_a_quiet_text_of_many_lines_gives_up_its_marks_rather_than_words() -> None:
    words = "\n".join(f"line {number}" for number in range(350))
    (part,) = fit(Card("Title", (Paragraph(words, quiet=True),)), ABLE).cards
    body = rendered(part).body
    check_message(body)
    assert words in read({**body, "content": ""})


hints = st.one_of(st.just(""), labels)
inputs = st.one_of(
    st.builds(TextInput, st.just("x"), labels, hints, value=texts, longest=st.integers(1, 6000)),
    st.builds(ChoiceInput, st.just("x"), labels, choices.filter(bool), hints, several=st.booleans()),
    st.builds(RatingInput, st.just("x"), labels, st.lists(labels, min_size=2, max_size=7).map(tuple), hints),
    st.builds(MemberInput, st.just("x"), labels, hints, value=st.sampled_from(["", "801", "nobody"])),
)


@given(st.lists(inputs, min_size=1, max_size=8), labels, st.one_of(st.just(""), texts))
@settings(max_examples=150, deadline=None)
def test_every_step_of_a_form_is_a_modal_that_discord_takes(
    asked: list[TextInput | ChoiceInput | RatingInput | MemberInput], title: str, intro: str
) -> None:
    named = tuple(replace(_holding(one), name=f"input{number}") for number, one in enumerate(asked))
    for step in fit_form(Form(Pressed(number=1), title, named, "Send", intro), ABLE):
        check_modal(modal(step))


def _holding(
    one: TextInput | ChoiceInput | RatingInput | MemberInput,
) -> TextInput | ChoiceInput | RatingInput | MemberInput:
    """A text input takes at least what stands in it."""
    return replace(one, longest=max(one.longest, len(one.value))) if isinstance(one, TextInput) else one


def test_an_introduction_of_a_form_of_five_stands_where_hints_are_free() -> None:
    asked = [TextInput(f"input{number}", f"Input {number}") for number in range(5)]
    asked[0] = replace(asked[0], hint="What happened")
    intro = "Nobody else sees this. " * 6
    shown = modal(Form(Pressed(number=1), "Title", tuple(asked), "Send", intro))
    descriptions = [each.get("description", "") for each in shown["components"]]
    assert descriptions[0] == "What happened"
    assert " ".join(" ".join(descriptions[1:]).split()) == intro.strip()


def test_values_of_something_else_than_a_form_are_none() -> None:
    assert values_of([None, "x", {"type": 18}, {"component": {"value": "no name"}}, {"components": "x"}]) == {}


def test_capabilities_follow_permissions_and_profile() -> None:
    nothing = capabilities_with(discord.Permissions.none(), reads_replies=False)
    everything = capabilities_with(discord.Permissions.all(), reads_replies=True)
    for able, expected in ((nothing, False), (everything, True)):
        assert (able.threads, able.reactions, able.finds_own_posts, able.images) == (expected,) * 4
        assert able.reads_replies is expected
        assert able.limits is LIMITS
