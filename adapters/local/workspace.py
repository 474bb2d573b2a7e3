"""The local workspace: a small chat platform with a file of its own, and what people do in it.

What a person does is one transaction: it changes what others see and logs the event that the bot is told.
The bot's side is `adapters.local.bot_side`; nothing here knows how either side is reached.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from adapters.local.cards import Payload, controls, plain_text
from adapters.local.cast import STARLING
from adapters.local.forms import OpenedForm, Values, problems_in
from adapters.local.ground import Ground
from adapters.local.messages import Message
from adapters.local.registration import OfferedOnMessages
from adapters.local.words import addressed, mentioned, with_ids, without_address
from bot.base.errors import UserFacingError
from bot.base.text import t
from bot.chat.events import (
    ActionClicked,
    CommandInvoked,
    FormSubmitted,
    HomeOpened,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
)
from bot.chat.refs import ConversationRef, MessageRef

LONGEST_MESSAGE = 150_000


class Workspace(Ground):
    """One workspace. People are named by id or name ("Priya"), channels by id, threads by their first message's id.

    Whatever a person may not do raises `UserFacingError` with a sentence for them.
    """

    async def say(
        self, who: str, channel: str, text: str, thread: str | None = None, files: Sequence[str] = ()
    ) -> MessageRef:
        """Write in a channel, a thread or the direct conversation, with attachments of these names."""
        person, place = self.person(who), self._open_place(who, channel, thread)
        _check_text(text, bool(files))
        with self.store.transaction():
            number = self.messages.add(
                place.channel, _number(thread), person.id, self.clock.now(), text=text, files=files
            )
            self.mark_read(person.id, channel, thread, number)
            reference = MessageRef(place, str(number))
            self.tell_there(
                channel,
                MessagePosted,
                person,
                message=reference,
                text=self._readable(text, place),
                files=tuple(files),
                direct=self.is_direct(channel),
                addressed=addressed(text),
            )
        return reference

    async def edit(self, who: str, message: MessageRef, text: str) -> None:
        """Change one's own message."""
        person, found = self.person(who), self._own(who, message)
        _check_text(text, bool(found.files))
        with self.store.transaction():
            self.messages.rewrite(found.id, self.clock.now(), text=text)
            readable = self._readable(text, message.conversation)
            self.tell_there(found.channel, MessageEdited, person, message=self.reference(found), text=readable)

    async def delete(self, who: str, message: MessageRef) -> None:
        """Remove one's own message."""
        person, found = self.person(who), self._own(who, message)
        with self.store.transaction():
            self.messages.remove(found.id)
            self.tell_there(found.channel, MessageDeleted, person, message=self.reference(found))

    async def dismiss(self, who: str, message: MessageRef) -> None:
        """Take away a message that only this person sees; the bot is not told."""
        found = self._visible(who, message)
        if found.only_for is None:
            raise UserFacingError(t("Only a message that is visible to you alone can be dismissed."))
        with self.store.transaction():
            self.messages.remove(found.id)

    async def command(self, who: str, channel: str, line: str, thread: str | None = None) -> None:
        """Run the root command; `line` is what stands after it."""
        place = self._open_place(who, channel, thread)
        ids = {person.name.lower(): person.id for person in self.roster.people()}
        with self.store.transaction():
            self.tell(CommandInvoked, self.person(who), conversation=place, line=with_ids(line.strip(), ids))

    async def click(self, who: str, message: MessageRef, label: str) -> None:
        """Press the button with this label."""
        await self._act(who, message, lambda control: control["label"] == label and "choices" not in control)

    async def choose(self, who: str, message: MessageRef, label: str, value: str) -> None:
        """Pick the choice with this value from the select with this label."""
        await self._act(who, message, lambda control: control["label"] == label and _offers(control, value), (value,))

    async def act(
        self,
        who: str,
        message: MessageRef,
        action: str,
        chosen: tuple[str, ...] = (),
        thread: str | None = None,
    ) -> None:
        """Press the button, choose in the select, or take the offer on a message, that carries this payload.

        `thread` is the thread whose first message this is, where the person stands in it: replies go there.
        """
        if any(offer.action == action for offer in self.offers_on(who, self._visible(who, message))):
            self._take_offer(who, message, action)
            return
        await self._act(
            who,
            message,
            lambda control: control["action"] == action and all(_offers(control, value) for value in chosen),
            chosen,
            thread,
        )

    def offers_on(self, who: str, message: Message) -> Sequence[OfferedOnMessages]:
        """What the bot offers this person on a message; nothing on its own posts."""
        if message.author == STARLING or message.deleted:
            return []
        person = self.person(who)
        return self.registration().offered_on(own=message.author == person.id, language=person.language)

    def _take_offer(self, who: str, message: MessageRef, action: str) -> None:
        found = self._visible(who, message)
        with self.store.transaction():
            self.tell(
                ActionClicked,
                self.person(who),
                conversation=self.conversation(found.channel, found.thread),
                action=action,
                chosen=(found.author, found.text),
                message=self.reference(found),
            )

    async def _act(
        self,
        who: str,
        message: MessageRef,
        wanted: Callable[[Payload], bool],
        chosen: tuple[str, ...] = (),
        thread: str | None = None,
    ) -> None:
        person, found = self.person(who), self._visible(who, message)
        control = next((each for each in controls(found.card or {"elements": []}) if wanted(each)), None)
        if control is None or control["action"] is None:
            raise UserFacingError(t("This control is not there any more."))
        with self.store.transaction():
            self.tell(
                ActionClicked,
                person,
                conversation=self.conversation(found.channel, found.id if thread == str(found.id) else found.thread),
                action=control["action"],
                chosen=chosen,
                message=None if found.only_for else self.reference(found),
            )

    async def act_at_home(self, who: str, action: str, chosen: tuple[str, ...] = ()) -> None:
        """Press the button, or choose in the select, of one's home that carries this payload."""
        person = self.person(who)
        known = {control["action"] for control in controls(self.home(who) or {"elements": []})}
        if action not in known:
            raise UserFacingError(t("This control is not there any more."))
        with self.store.transaction():
            self.tell(ActionClicked, person, conversation=self.direct(who), action=action, chosen=chosen)

    def open_form(self, who: str) -> OpenedForm | None:
        """The form that stands open before this person."""
        return self.forms.open_for(self.person(who).id)

    async def submit(self, who: str, values: Values) -> None:
        """Send the open form; what the workspace finds wrong by itself is shown at once."""
        person, opened = self.person(who), self.open_form(who)
        if opened is None or opened.waits:
            raise UserFacingError(t("This form is not open any more."))
        people = frozenset(each.id for each in self.roster.people())
        problems = problems_in(opened.form, values, people, person.language)
        with self.store.transaction():
            if problems:
                self.forms.object(person.id, problems, values)
                return
            self.forms.sent(person.id, values)
            self.tell(
                FormSubmitted,
                person,
                conversation=self.conversation(opened.channel, opened.thread),
                action=opened.form["action"],
                values={name: tuple(entered) for name, entered in values.items()},
            )

    async def cancel_form(self, who: str) -> None:
        """Close the open form unsent."""
        with self.store.transaction():
            self.forms.close(self.person(who).id)

    async def open_home(self, who: str) -> None:
        """Open Starling's home."""
        with self.store.transaction():
            self.tell(HomeOpened, self.person(who))

    def seen_by(self, who: str, channel: str, thread: str | None = None) -> list[Message]:
        """What this person sees in a channel, or in a thread of it, oldest first."""
        return self.messages.seen_by(self.person(who).id, channel, _number(thread))

    def home(self, who: str) -> Payload | None:
        """The card of this person's home as it was drawn last."""
        row = self.store.row("SELECT card FROM homes WHERE person = ?", self.person(who).id)
        card: Payload | None = json.loads(row["card"]) if row else None
        return card

    def home_text(self, who: str) -> str:
        """All that can be read in this person's home."""
        card = self.home(who)
        return plain_text(card) if card else ""

    def pinged(self, message: Message) -> frozenset[str]:
        """Whom a message notifies by a mention, by user id or "everyone"; a post of the bot never does."""
        if message.author == STARLING:
            return frozenset()
        names = {person.name: person.id for person in self.roster.people()}
        return frozenset(names.get(name, name) for name in mentioned(message.text, names))

    def mark_read(self, who: str, channel: str, thread: str | None, last: int) -> None:
        """This person has seen everything up to message `last`; needs a transaction."""
        self.store.write(
            "INSERT INTO read_marks VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET last = max(last, excluded.last)",
            *(self.person(who).id, channel, _number(thread) or 0, last),
        )

    def _readable(self, text: str, place: ConversationRef) -> str:
        """What the bot may read of what a person wrote."""
        if self.options.reads_replies or self.is_direct(place.channel) or addressed(text):
            return without_address(text)
        return ""

    def _open_place(self, who: str, channel: str, thread: str | None) -> ConversationRef:
        person, found = self.person(who), self.roster.channel(channel)
        if person.left or found is None or found.person not in (None, person.id):
            raise UserFacingError(t("There is no such channel."))
        if found.state == "archived":
            raise UserFacingError(t("This channel is archived. Nobody can write here any more."))
        if thread is not None:
            root = self.messages.get(thread)
            if root is None or root.channel != channel or root.thread is not None or root.only_for:
                raise UserFacingError(t("There is no such thread."))
        return self.conversation(channel, thread)

    def _visible(self, who: str, message: MessageRef) -> Message:
        found = self.messages.get(message.message)
        if found is None or found.deleted or not self.messages.may_see(self.person(who).id, found):
            raise UserFacingError(t("This message is not there any more."))
        return found

    def _own(self, who: str, message: MessageRef) -> Message:
        found = self._visible(who, message)
        if found.author != self.person(who).id:
            raise UserFacingError(t("Only whoever wrote a message can change it."))
        return found


def _number(thread: str | int | None) -> int | None:
    return None if thread is None else int(thread)


def _offers(control: Payload, value: str) -> bool:
    return any(choice["value"] == value for choice in control.get("choices", ()))


def _check_text(text: str, has_files: bool) -> None:
    if not text.strip() and not has_files:
        raise UserFacingError(t("Write something first."))
    if len(text) > LONGEST_MESSAGE:
        raise UserFacingError(t("At most {longest} characters fit in one message.", longest=LONGEST_MESSAGE))
