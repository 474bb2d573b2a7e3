"""Cards, forms and shorthands that the tests of the contract share."""

from __future__ import annotations

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
from bot.chat.fit import fit
from bot.chat.forms import ChoiceInput, Form, MemberInput, RatingInput, TextInput
from bot.chat.platform import Audience, InConversation, Post, Receipt
from bot.chat.refs import AccountRef, ConversationRef, MessageRef
from tests.contract.harness import Harness, SeenMessage


class Pressed(Action):
    """The payload of the suite's buttons."""

    name = "pressed"
    subject: str


class Sent(Action):
    """The payload of the suite's form."""

    name = "sent"
    subject: str


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcffff3f030005fe02fe"
    "a135813c0000000049454e44ae426082"
)
"""A picture of one dot."""

ANSWER = Button("Answer privately", Pressed(subject="q1"), style="primary")
GUIDE = Button("Open the guide", url="https://example.org/guide")
ARCHETYPE = Select(
    "Archetype", Pressed(subject="archetype"), (Choice("conflict", "Conflict"), Choice("failure", "Failure"))
)
EVERYTHING = Card(
    "Everything a card can hold",
    (
        Header("A heading in the middle"),
        Paragraph("Running text."),
        Paragraph("A quiet remark.", quiet=True),
        Quote("I said so\nin two lines."),
        Bullets(("first point", "second point")),
        Bullets(("third point", "fourth point"), numbered=True, first=3),
        Fields((Field("Level", "L4"), Field("Rating", "3 of 5"))),
        Image(PIXEL, "image/png", "A picture of one dot"),
        Divider(),
        Buttons((ANSWER, GUIDE)),
        ARCHETYPE,
    ),
)
READABLE = (
    "Everything a card can hold",
    "A heading in the middle",
    "Running text.",
    "A quiet remark.",
    "I said so",
    "in two lines.",
    "first point",
    "second point",
    "third point",
    "fourth point",
    "Level",
    "L4",
    "Rating",
    "3 of 5",
    "A picture of one dot",
)
"""What has to be readable of that card, in this order."""

FORM = Form(
    Sent(subject="q1"),
    "Your answer",
    (
        TextInput("situation", "Situation", multiline=True, value="We were late."),
        ChoiceInput("level", "Level", (Choice("L3", "Level 3"), Choice("L4", "Level 4")), required=False),
        RatingInput("sure", "How sure are you", ("not", "rather", "very")),
        MemberInput("mentor", "Mentor", required=False),
    ),
    "Send",
)


async def send(harness: Harness, audience: Audience | ConversationRef, card: Card, key: str = "key-1") -> Receipt:
    """Fit the card to where it goes and send it; the card must be small enough for one message."""
    near = audience if isinstance(audience, ConversationRef) else _place(harness, audience)
    (fitted,) = fit(card, harness.platform.capabilities(near)).cards
    to = InConversation(audience) if isinstance(audience, ConversationRef) else audience
    return await harness.platform.send(Post(key=key, audience=to, card=fitted))


def _place(harness: Harness, audience: Audience) -> ConversationRef:
    if isinstance(audience, InConversation):
        return audience.conversation
    return audience.near or harness.channel


async def sent(harness: Harness, place: ConversationRef, card: Card, key: str = "key-1") -> MessageRef:
    """Send to everybody in a place; returns the message, which every platform can refer to."""
    receipt = await send(harness, place, card, key)
    assert receipt.message is not None
    return receipt.message


def thread_of(message: MessageRef) -> ConversationRef:
    """The thread below a message of a channel, which is called by the message's own id."""
    return message.conversation.in_thread(message.message)


async def seen(harness: Harness, person: AccountRef, message: MessageRef) -> SeenMessage:
    """The one message as this person sees it; fails where they do not."""
    found = await harness.messages_seen_by(person, message.conversation)
    return next(one for one in found if one.ref == message)


async def ours(harness: Harness, person: AccountRef, place: ConversationRef) -> list[SeenMessage]:
    """The messages of ours that this person sees in a place."""
    return [one for one in await harness.messages_seen_by(person, place) if one.author is None]


async def readable_place(harness: Harness, person: AccountRef) -> ConversationRef:
    """A conversation in which what people write reaches us: the channel where it does, else the direct one."""
    if harness.platform.capabilities(harness.channel).reads_replies:
        return harness.channel
    return await harness.direct(person)
