"""A small room for the runtime's own tests: it counts what people say, asks a form, and posts on demand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from bot.base.errors import UserFacingError
from bot.base.text import Text, t
from bot.chat.actions import Action
from bot.chat.cards import Button, Buttons, Card, Choice, Paragraph
from bot.chat.commands import Command, Option
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted, MessagePosted
from bot.chat.forms import Form, TextInput
from bot.chat.platform import Receipt
from bot.chat.refs import ConversationRef, MessageRef
from bot.feature.context import Context, ToConversation, ToMember
from bot.feature.declarations import (
    ActionDeclaration,
    CommandDeclaration,
    DeliveryDeclaration,
    Done,
    Edit,
    Feature,
    FormDeclaration,
    Later,
    ListenerDeclaration,
    Options,
    Outcome,
    Send,
)
from bot.outbox.queue import enqueue
from storage.tables.outbox import Delivery

POST, WHISPER, MARK = "toy.post", "toy.whisper", "toy.mark"


class OpenStory(Action):
    name: ClassVar[str] = "toy.open"


class SaveStory(Action):
    name: ClassVar[str] = "toy.save"


class Press(Action):
    name: ClassVar[str] = "toy.press"

    what: str


class ToyRoom:
    """What the room did, for a test to look at. Nothing here survives a restart, as memory does not."""

    def __init__(self, inputs: int = 2) -> None:
        self.said: list[str] = []
        self.saved: list[Mapping[str, tuple[str, ...]]] = []
        self.pressed: list[str] = []
        self.fails = 0
        self.posts_fail = 0
        self.sent: list[str] = []
        self.gone: list[str] = []
        self.inputs = inputs
        self.text = "Hello"
        self.edits: MessageRef | None = None
        """The message of ours that the next posts replace."""

    def feature(self) -> Feature:
        level = (Choice("L3", t("Level 3")), Choice("L4", t("Level 4")))
        return Feature(
            name="toy",
            commands=(
                CommandDeclaration(
                    Command(("story",), t("Write a story"), acknowledgement="form"), "answer.give", opens=self.open
                ),
                CommandDeclaration(
                    Command(("echo",), t("Say it again"), (Option("words", t("What"), required=True),)),
                    "answer.give",
                    handle=self.echo,
                ),
                CommandDeclaration(
                    Command(("shout",), t("Say it to all"), (Option("words", t("What")),), "public"),
                    "answer.give",
                    handle=self.echo,
                ),
                CommandDeclaration(
                    Command(("level",), t("Choose"), (Option("level", t("Which"), "choice", True, level),)),
                    "answer.give",
                    handle=self.level,
                ),
                CommandDeclaration(Command(("rule",), t("For admins")), "settings.change", handle=self.rule),
            ),
            actions=(
                ActionDeclaration(OpenStory, "answer.give", opens=self.open),
                ActionDeclaration(Press, "answer.give", handle=self.press),
            ),
            forms=(FormDeclaration(SaveStory, "answer.give", self.save, self.check),),
            listeners=(ListenerDeclaration(MessagePosted, self.listen),),
            deliveries=(
                DeliveryDeclaration(POST, self.prepare_post, self.note_sent),
                DeliveryDeclaration(WHISPER, self.prepare_whisper, self.note_sent, gone=self.note_gone),
                DeliveryDeclaration(MARK, self.mark),
            ),
        )

    def _may_fail(self) -> None:
        if self.fails:
            self.fails -= 1
            raise RuntimeError("the toy is broken")

    async def listen(self, context: Context, event: MessagePosted) -> bool:
        with context.timed("listening"):
            self._may_fail()
        if event.direct or event.addressed or not event.text.startswith("!"):
            return False
        self.said.append(event.text)
        context.react(event.message, "seen")
        if event.text == "!mark":
            await mark(context, event.message)
            return True
        await post(context, event.message.conversation, event.text, event.delivery_id)
        return True

    async def echo(self, context: Context, _event: CommandInvoked, options: Options) -> None:
        self._may_fail()
        context.reply(Card(str(options.get("words", "nothing"))))

    async def level(self, context: Context, _event: CommandInvoked, options: Options) -> None:
        context.reply(Card(str(options["level"]), (Buttons((Button("Press", Press(what="it")),)),)))

    async def rule(self, context: Context, _event: CommandInvoked, _options: Options) -> None:
        context.reply(Card("You rule."))

    async def press(self, context: Context, payload: Press, _event: ActionClicked) -> None:
        self.pressed.append(payload.what)
        if payload.what == "never":
            raise UserFacingError(t("This cannot be pressed."))
        context.reply(Card("Pressed."))

    async def open(self, _context: Context, _payload: OpenStory | Options) -> Form:
        self._may_fail()
        inputs = tuple(
            TextInput(f"part{n}", f"Part {n}", longest=50, required=n == 1) for n in range(1, self.inputs + 1)
        )
        return Form(SaveStory(), t("A story"), inputs, t("Save"))

    def check(self, _payload: SaveStory, event: FormSubmitted) -> Mapping[str, Text]:
        last = f"part{self.inputs}"
        wrong = "bad" in "".join(event.values.get(last, ()))
        return {last: t("Please leave the bad word out.")} if wrong else {}

    async def save(self, context: Context, _payload: SaveStory, event: FormSubmitted) -> None:
        self._may_fail()
        if "refuse" in "".join(event.values["part1"]):
            raise UserFacingError(t("This story is not wanted."))
        self.saved.append(event.values)
        context.reply(Card("Saved."))

    async def prepare_post(self, _context: Context, delivery: Delivery) -> Outcome:
        if self.posts_fail:
            self.posts_fail -= 1
            raise RuntimeError("the toy cannot post")
        to = ToConversation(ConversationRef.decode(delivery.audience["conversation"]))
        card = Card(delivery.payload["title"], (Paragraph(self.text),))
        return Send(to, card) if self.edits is None else Edit(self.edits, card)

    async def prepare_whisper(self, _context: Context, delivery: Delivery) -> Outcome:
        assert delivery.member_id is not None
        asked_for = bool(delivery.payload.get("asked_for"))
        return Send(ToMember(delivery.member_id, asked_for=asked_for), Card(delivery.payload["title"]))

    async def mark(self, context: Context, delivery: Delivery) -> Outcome:
        if context.now < delivery.due_at + timedelta(minutes=3):
            return Later(delivery.due_at + timedelta(minutes=3), "a quiet time")
        context.react(MessageRef.decode(delivery.subject_id), "done")
        return Done()

    async def note_gone(self, _context: Context, delivery: Delivery) -> None:
        self.gone.append(delivery.payload["title"])

    async def note_sent(self, _context: Context, delivery: Delivery, receipts: Sequence[Receipt]) -> None:
        self.sent.append(f"{delivery.payload['title']} x{len(receipts)}")


async def mark(context: Context, message: MessageRef) -> None:
    """Enqueue a reaction on a message for after a quiet time."""
    await enqueue(
        context.session,
        workspace_id=context.workspace,
        kind=MARK,
        subject_id=message.encode(),
        due_at=context.now,
        key=f"{MARK}:{message.encode()}",
    )


async def post(
    context: Context, conversation: ConversationRef, title: str, key: str, due_at: datetime | None = None
) -> None:
    """Enqueue a post in a channel."""
    await enqueue(
        context.session,
        workspace_id=context.workspace,
        kind=POST,
        subject_id=key,
        due_at=due_at or context.now,
        key=f"{POST}:{key}",
        audience={"conversation": conversation.encode()},
        payload={"title": title},
    )
