"""What all parts of the runtime share, and the contexts they build from it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.clock import Clock
from bot.base.ids import WorkspaceId
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
        )

    def outside(self, workspace: WorkspaceId) -> Outside:
        """What work of one workspace outside of any transaction is given."""

        @asynccontextmanager
        async def transaction() -> AsyncIterator[Context]:
            async with self.database.write(workspace) as session:
                yield self.context(session, workspace)

        return Outside(transaction)
