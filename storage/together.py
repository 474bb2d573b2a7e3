"""One transaction for those who want to write at the same moment.

Beginning and committing cost as much as a dozen statements. Where one writes at a time whoever waits may as well
share the next transaction: each in its turn, each as if the session were new, all committed together.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from bot.base.ids import WorkspaceId
from storage.direct import run
from storage.tenancy import forget_rows

T = TypeVar("T")
Act = Callable[[AsyncSession], Awaitable[Any]]
Opened = Callable[[WorkspaceId], AbstractAsyncContextManager[AsyncSession]]
Waiting = tuple[Act, asyncio.Future[Any]]
MOST = 8
"""How many share a transaction: none hears of its end before the last is done."""


class Together:
    """Gathers acts until their turn comes, and does those of one workspace in one transaction.

    If one of them raises, nothing of that transaction stays, and each is done again in one of its own. So an act may
    be done twice, and causes nothing outside of its session.
    """

    def __init__(self, write: Opened, pressed: Callable[[], bool]) -> None:
        """`write` opens a writing transaction; `pressed` says whether somebody urgent waits for its end."""
        self._write = write
        self._pressed = pressed
        self._lines: dict[WorkspaceId, deque[Waiting]] = {}
        self._working: dict[WorkspaceId, asyncio.Task[None]] = {}

    async def do(self, workspace: WorkspaceId, act: Callable[[AsyncSession], Awaitable[T]]) -> T:
        """What `act` gives, once that is committed; raises what it raised in a transaction of its own."""
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._lines.setdefault(workspace, deque()).append((act, done))
        if workspace not in self._working:
            self._working[workspace] = asyncio.create_task(self._work(workspace))
        return await done

    async def _work(self, workspace: WorkspaceId) -> None:
        line = self._lines[workspace]
        try:
            while line:
                await self._some(workspace, line)
        finally:
            del self._working[workspace], self._lines[workspace]
            for _, done in line:
                done.cancel()

    async def _some(self, workspace: WorkspaceId, line: deque[Waiting]) -> None:
        """Do those who wait, until the line or the transaction is long enough, or somebody urgent waits for its end."""
        taken: list[Waiting] = []
        results: list[Any] = []
        try:
            async with self._write(workspace) as session:
                while line and len(taken) < MOST and not (taken and self._pressed()):
                    taken.append(line.popleft())
                    results.append(await _as_if_new(session, taken[-1][0]))
        except asyncio.CancelledError:
            for _, done in taken:
                done.cancel()
            raise
        except BaseException as problem:
            taken = taken or [line.popleft()]
            if len(taken) == 1:
                _tell(taken[0][1], problem)
                return
            for one in taken:
                await self._alone(workspace, *one)
        else:
            for (_, done), result in zip(taken, results, strict=True):
                if not done.done():
                    done.set_result(result)

    async def _alone(self, workspace: WorkspaceId, act: Act, done: asyncio.Future[Any]) -> None:
        try:
            async with self._write(workspace) as session:
                result = await act(session)
        except BaseException as problem:
            _tell(done, problem)
        else:
            if not done.done():
                done.set_result(result)


async def _as_if_new(session: AsyncSession, act: Act) -> Any:
    """Do this in a session that knows no rows, and let the event loop go on before the next."""
    result = await act(session)
    await run(session, Session.flush)
    forget_rows(session)
    await asyncio.sleep(0)
    return result


def _tell(done: asyncio.Future[Any], problem: BaseException) -> None:
    if not done.done():
        done.set_exception(problem)
