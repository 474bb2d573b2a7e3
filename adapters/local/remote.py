"""A workspace in another process, reached over HTTP on loopback."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from adapters.local.calls import Call, Next, NextQuestion
from adapters.local.errors_json import error_from_json
from adapters.local.platform import LocalPlatform
from bot.base.errors import ConfigurationError
from bot.chat.errors import Unavailable

TIMEOUT = 10.0
"""Seconds a call may take, on top of what it waits for on purpose."""


class OverHttp:
    """Carries the bot's calls to the workspace at `url`, with its secret."""

    def __init__(self, url: str, secret: str) -> None:
        self._url = url
        self._headers = {"Authorization": f"Bearer {secret}"}
        self._session: aiohttp.ClientSession | None = None

    async def call(self, call: Call) -> Any:
        """Make one call. Where no answer comes, only a connection that never stood proves that nothing happened."""
        operation = str(getattr(call, "operation", "call"))
        waits = (call.seconds or 0.0) if isinstance(call, Next | NextQuestion) else 0.0
        timeout = aiohttp.ClientTimeout(total=TIMEOUT + waits)
        if self._session is None:
            self._session = aiohttp.ClientSession(headers=self._headers)
        body = call.model_dump_json()
        try:
            async with self._session.post(f"{self._url}/bot/call", data=body, timeout=timeout) as answer:
                if answer.status == 401:
                    raise ConfigurationError("STARLING_LOCAL_SECRET: the local workspace does not know this secret")
                facts = await answer.json()
        except aiohttp.ClientConnectorError as problem:
            raise Unavailable(operation, str(problem), accepted=False) from problem
        except (aiohttp.ClientError, TimeoutError, ValueError) as problem:
            raise Unavailable(operation, str(problem) or "no answer in time", accepted=None) from problem
        if "error" in facts:
            raise error_from_json(facts)
        return facts["answer"]

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None


def connect_to(url: str, secret: Path) -> LocalPlatform:
    """The adapter on the workspace at `url`, with the secret in that file; not yet started."""
    parts = urlsplit(url)
    if parts.scheme != "http" or parts.hostname not in ("127.0.0.1", "localhost"):
        raise ConfigurationError(f"STARLING_LOCAL_URL is {url!r}, it must begin with http://127.0.0.1:")
    if not secret.is_file():
        raise ConfigurationError(f"STARLING_LOCAL_SECRET: there is no file {secret}")
    address = f"http://{parts.netloc}"
    return LocalPlatform(
        connection=OverHttp(address, secret.read_text(encoding="ascii").strip()), address=f"{address}/"
    )
