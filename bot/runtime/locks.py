"""One thing at a time for each key: an event waits until earlier ones of its conversation are done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager


class KeyedLocks:
    """Locks that come into being when a key is first wanted and go when nobody holds or awaits them.

    Whoever comes waits in the order of coming; nobody is turned away. Taken before state is read, so that
    two events of one conversation never decide on the same old state.
    """

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._users: dict[str, int] = {}

    @asynccontextmanager
    async def holding(self, *keys: str) -> AsyncIterator[None]:
        """Hold all of `keys`. They are taken in one order everywhere, so two holders never await each other."""
        async with AsyncExitStack() as held:
            for key in sorted(set(keys)):
                await held.enter_async_context(self._one(key))
            yield

    @asynccontextmanager
    async def _one(self, key: str) -> AsyncIterator[None]:
        lock = self._locks.setdefault(key, asyncio.Lock())
        self._users[key] = self._users.get(key, 0) + 1
        try:
            async with lock:
                yield
        finally:
            self._users[key] -= 1
            if not self._users[key]:
                del self._users[key], self._locks[key]
