"""How the bot's side is reached: one small interface with two forms, in this process and over HTTP."""

from __future__ import annotations

from typing import Any, Protocol

from adapters.local.bot_side import BotSide
from adapters.local.calls import Call
from adapters.local.workspace import Workspace


class Connection(Protocol):
    """Carries the bot's calls to a workspace. Raises `PlatformError`s."""

    async def call(self, call: Call) -> Any:
        """Make one call; returns its answer as plain data."""
        ...

    async def close(self) -> None:
        """Let go of the workspace."""
        ...


class InProcess:
    """A workspace in this very process."""

    def __init__(self, workspace: Workspace) -> None:
        self._bot_side = BotSide(workspace)

    async def call(self, call: Call) -> Any:
        return await self._bot_side.call(call)

    async def close(self) -> None:
        """Nothing is held open; the workspace belongs to whoever opened it."""
