"""What a workspace stands on: its file and the parts kept in it, the names of things, and what the bot is told."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

from adapters.local.cast import CAST, CHANNELS, Channel, Person, direct_channel
from adapters.local.events import EventLog
from adapters.local.faults import Faults
from adapters.local.forms import Forms
from adapters.local.messages import Message, Messages
from adapters.local.options import Options
from adapters.local.questions import Questions
from adapters.local.registration import Registration
from adapters.local.roster import Roster
from adapters.local.store import Store
from bot.base.clock import Clock
from bot.chat.events import Event, Installed
from bot.chat.refs import AccountRef, ConversationRef, InstallationRef, MessageRef

PLATFORM = "local"


class Ground:
    """An opened workspace. People are named by id or name ("Priya"), channels and messages by id."""

    def __init__(
        self,
        folder: Path | None,
        clock: Clock,
        *,
        options: Options | None = None,
        people: Sequence[Person] = CAST,
        channels: Sequence[Channel] = CHANNELS,
        mark: str | None = None,
    ) -> None:
        """Open the workspace in `folder` (in memory without one), furnished with people and channels if new.

        `mark` names a new workspace, random unless given; ids of its events begin with it.
        """
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        self.clock = clock
        self.options = options or Options()
        self.store = Store(folder / "workspace.sqlite3" if folder else None)
        self.roster = Roster(self.store)
        self.messages = Messages(self.store)
        self.forms = Forms(self.store)
        self.faults = Faults()
        self.questions = Questions()
        if self.store.is_new:
            with self.store.transaction():
                self.store.write("INSERT INTO about VALUES ('mark', ?)", mark or secrets.token_hex(4))
                self.roster.fill(people, channels)
        self.mark = self.about("mark")
        self.events = EventLog(self.store, self.mark)
        if self.store.is_new:
            with self.store.transaction():
                self.tell(Installed, name="Starling demo")

    @property
    def installation(self) -> InstallationRef:
        """How events name this workspace."""
        return InstallationRef(PLATFORM, f"team-{self.mark}")

    def about(self, name: str) -> str:
        """A stored fact about the workspace, empty where there is none."""
        row = self.store.row("SELECT value FROM about WHERE name = ?", name)
        return str(row["value"]) if row else ""

    def registration(self) -> Registration:
        """The commands the bot registered last."""
        stored = self.about("commands")
        return Registration.model_validate_json(stored) if stored else Registration()

    def close(self) -> None:
        """Close the workspace's file."""
        self.store.close()

    def person(self, who: str) -> Person:
        """The person with this id or name, whether still there or not; `KeyError` where there never was one."""
        found = self.roster.find(who)
        if found is None:
            raise KeyError(who)
        return found

    def account(self, who: str) -> AccountRef:
        """How events name this person."""
        return AccountRef(PLATFORM, self.installation.installation, self.person(who).id)

    def conversation(self, channel: str, thread: str | int | None = None) -> ConversationRef:
        """How events name a channel or a thread of it."""
        place = ConversationRef(PLATFORM, self.installation.installation, channel)
        return place if thread is None else place.in_thread(str(thread))

    def direct(self, who: str) -> ConversationRef:
        """The direct conversation between this person and Starling."""
        return self.conversation(direct_channel(self.person(who).id))

    def reference(self, message: Message) -> MessageRef:
        """How events name a message."""
        return MessageRef(self.conversation(message.channel, message.thread), str(message.id))

    def is_direct(self, channel: str) -> bool:
        """Whether this is the id of a direct conversation."""
        found = self.roster.channel(channel)
        return found is not None and found.direct

    async def idle(self, seconds: float | None = None) -> bool:
        """Wait until the bot has acknowledged every event; False where `seconds` passed first."""
        try:
            async with asyncio.timeout(seconds):
                while self.events.waiting():
                    await self.store.bell.wait()
        except TimeoutError:
            return False
        return True

    def tell(self, kind: Callable[..., Event], actor: Person | None = None, **facts: object) -> None:
        """Log an event for the bot; needs a transaction."""
        self.events.add(
            lambda delivery_id: kind(
                delivery_id=delivery_id,
                installation=self.installation,
                occurred_at=self.clock.now(),
                actor=self.account(actor.id) if actor else None,
                **facts,
            )
        )

    def tell_there(self, channel: str, kind: Callable[..., Event], actor: Person, **facts: object) -> None:
        """Log an event of a channel, unless the channel is closed to the bot."""
        found = self.roster.channel(channel)
        if found is not None and found.state != "closed":
            self.tell(kind, actor, **facts)
