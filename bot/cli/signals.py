"""Waiting until the process is told to stop."""

from __future__ import annotations

import asyncio
import signal


async def told_to_stop() -> None:
    """Return when an interrupt (Ctrl+C) or a termination signal comes."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, told.set)
    await told.wait()
