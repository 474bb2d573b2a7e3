"""What all parts of the runtime share, and the contexts they build from it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.clock import Clock
from bot.base.ids import MemberId, WorkspaceId
from bot.base.policy import Actor
from bot.chat.refs import AccountRef
from bot.feature.context import Context, Outside
from bot.feature.gather import Gathered
from bot.runtime.metrics import Meters
from bot.runtime.platforms import Platforms
from bot.runtime.steps import At, nothing
from bot.scoring.rubric import Rules
from content.loader import Content
from storage.engine import Database

T = TypeVar("T")


class OpenHomes:
    """Who has opened their home lately, in memory: a home that nobody looks at is drawn when it is opened."""

    LARGEST = 10_000

    def __init__(self) -> None:
        self._members: OrderedDict[MemberId, None] = OrderedDict()

    def opened(self, member: MemberId) -> None:
        """They look at it now; whoever did so longest ago is forgotten where there are too many."""
        self._members[member] = None
        self._members.move_to_end(member)
        while len(self._members) > self.LARGEST:
            self._members.popitem(last=False)

    def is_open(self, member: MemberId) -> bool:
        """Whether they may be looking at it."""
        return member in self._members


@dataclass(frozen=True, slots=True)
class House:
    """The database, the platforms, what the rooms declare, and the rest that everyone needs."""

    database: Database
    platforms: Platforms
    gathered: Gathered
    content: Content
    rules: Rules
    clock: Clock
    root_command: str
    owner: str
    """Names this process in the leases it takes."""
    meters: Meters = field(default_factory=Meters)
    homes: OpenHomes = field(default_factory=OpenHomes)
    made: dict[Callable[[Content, Rules], Any], Any] = field(default_factory=dict)
    """What the rooms made of content and rules, kept as long as these (`Context.once`)."""
    at: At = nothing

    def context(
        self,
        session: AsyncSession,
        workspace: WorkspaceId,
        *,
        actor: Actor | None = None,
        account: AccountRef | None = None,
        language: str = "en",
    ) -> Context:
        """A context for one handler inside `session`."""
        return Context(
            session=session,
            workspace=workspace,
            now=self.clock.now(),
            content=self.content,
            rules=self.rules,
            actor=actor,
            account=account,
            language=language,
            capabilities=self.platforms.capabilities,
            profile=self.platforms.profile,
            buttons_for=self.gathered.buttons_for,
            timed=self.meters.timed,
            followers=self.gathered.followers_of,
            holdings=self.gathered.personal_data,
            retentions=self.gathered.retentions,
            made=self.made,
        )

    def outside(self, workspace: WorkspaceId) -> Outside:
        """What work of one workspace outside of any transaction is given."""

        @asynccontextmanager
        async def transaction() -> AsyncIterator[Context]:
            async with self.database.write(workspace) as session:
                yield self.context(session, workspace)

        async def apart(read: Callable[[Context], Awaitable[T]]) -> T:
            async def alone() -> T:
                database = Database(self.database.url.render_as_string(hide_password=False), pool_size=1)
                try:
                    async with database.read(workspace) as session:
                        return await read(self.context(session, workspace))
                finally:
                    await database.close()

            return await asyncio.to_thread(lambda: asyncio.run(alone()))

        return Outside(transaction, apart, self.database.scrub)
