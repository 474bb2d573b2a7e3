"""People in a team that Starling coaches; no step here names a platform."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from bot.chat.refs import AccountRef, ConversationRef, MessageRef
from tests.contract.harness import OpenedForm
from tests.wire.product.place import Place, Seen

QUIET = timedelta(minutes=3)
GO_ON = ("Continue", "Open the form")
"""Buttons that lead to the next part of a form, where it does not fit into one."""


class Someone:
    """A person: what they do, and what they see."""

    def __init__(self, team: Team, account: AccountRef) -> None:
        self._team = team
        self._place = team.place
        self.account = account
        self._form: OpenedForm | None = None

    async def says(self, text: str, under: MessageRef) -> MessageRef:
        """Write in the thread of a message."""
        said = await self._place.say(self.account, thread_of(under), text)
        await self._team.goes_on()
        return said

    async def mentions(self, text: str, under: MessageRef) -> MessageRef:
        """Write in the thread of a message, with a mention of Starling."""
        said = await self._place.mention(self.account, thread_of(under), text)
        await self._team.goes_on()
        return said

    async def edits(self, message: MessageRef, text: str) -> None:
        await self._place.edit(self.account, message, text)
        await self._team.goes_on()

    async def deletes(self, message: MessageRef) -> None:
        await self._place.delete(self.account, message)
        await self._team.goes_on()

    async def runs(self, line: str) -> None:
        """Type the root command and this line."""
        self._form = await self._place.run(self.account, line)
        await self._team.goes_on()

    async def clicks(self, *labels: str) -> None:
        """Press these buttons one after the other, each on the newest message that has it."""
        for label in labels:
            self._form = await self._place.press(self.account, self._newest_with(label), label)
            await self._team.goes_on()

    async def chooses(self, label: str, value: str) -> None:
        """Choose in a select, on the newest message that has it."""
        self._form = await self._place.press(self.account, self._newest_with(label), label, value)
        await self._team.goes_on()

    async def fills_in(self, **values: str | tuple[str, ...]) -> None:
        """Fill the open form in and send it, part by part where it comes in parts."""
        left = {name: (value,) if isinstance(value, str) else value for name, value in values.items()}
        while True:
            form, self._form = self._form, None
            assert form is not None, "no form stands open"
            here = {name: left.pop(name) for name in form.labels if name in left}
            problems = await self._place.submit(self.account, form, here)
            assert problems is None or not problems.problems, problems
            await self._team.goes_on()
            if not left:
                return
            await self.clicks(next(label for label in GO_ON if self._sees_button(label)))

    @property
    def has_a_form(self) -> bool:
        return self._form is not None

    @property
    def form(self) -> OpenedForm:
        """The form that stands open."""
        assert self._form is not None, "no form stands open"
        return self._form

    @property
    def alone(self) -> str:
        """What Starling says to them and nobody else sees."""
        return "\n\n".join(each.text for each in self._place.seen_by(self.account) if each.private and each.ours)

    @property
    def sees(self) -> str:
        """All they can read."""
        return "\n\n".join(each.text for each in self._place.seen_by(self.account))

    def reads(self, words: str) -> str:
        """The newest message to them alone with these words."""
        found = [
            each for each in self._place.seen_by(self.account) if words in each.text and each.private and each.ours
        ]
        assert found, f"no {words!r} in sight:\n{self.alone}"
        return found[-1].text

    def counts(self, words: str) -> int:
        """How many messages to them alone hold these words."""
        return sum(words in each.text for each in self._place.seen_by(self.account) if each.private and each.ours)

    def _newest_with(self, label: str) -> Seen:
        found = [each for each in self._place.seen_by(self.account) if label in each.labels]
        assert found, f"no {label!r} in sight:\n{self.sees}"
        return found[-1]

    def _sees_button(self, label: str) -> bool:
        return any(label in each.labels for each in self._place.seen_by(self.account))


class Team:
    """The team, its place and the product."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._holding = False
        self._restarting = False

    def restarts_after_every_act(self) -> None:
        """From now on another process finds what an act left to do, and another one yet the act that follows."""
        self._restarting = True

    def holds_deliveries(self) -> None:
        """From now on nothing that people write is delivered."""
        self._holding = True
        self.place.hold()

    async def delivers_what_it_held(self, random: Random) -> int:
        """Deliver it, each 1 to 4 times in any order; returns how many different deliveries there were."""
        self._holding = False
        different = await self.place.release(random, self.settles)
        await self.settles()
        return different

    async def member(self, name: str) -> Someone:
        return Someone(self, await self.place.person(name))

    async def admin(self, name: str) -> Someone:
        return Someone(self, await self.place.admin(name))

    async def goes_on(self) -> None:
        """Let the product do what is due after an act."""
        if self._holding:
            return
        if self._restarting:
            await self.place.restart()
        await self.settles()
        if self._restarting:
            await self.place.restart()

    async def settles(self) -> None:
        """Let everything that is due be done, and be told of what that causes."""
        for _ in range(2):
            await self.place.at_rest()
            await self.place.product.runtime.drain()
        await self.place.at_rest()

    async def waits(self, by: timedelta) -> None:
        """Let time pass, and what has come due be done."""
        await self.place.move(by)
        await self.settles()

    async def has_quiet(self) -> None:
        """The quiet time after which an answer is complete passes."""
        await self.waits(QUIET + timedelta(seconds=2))

    def question(self, someone: Someone) -> MessageRef:
        """Today's question, as somebody sees it in the channel."""
        found = [each for each in self.place.seen_by(someone.account) if "today's question" in each.text]
        assert len(found) == 1, f"one question was expected:\n{someone.sees}"
        assert found[0].ours
        assert not found[0].private
        return self.place.reference(found[0])


def thread_of(message: MessageRef) -> ConversationRef:
    """The thread under a message of the channel."""
    return message.conversation.in_thread(message.message)
