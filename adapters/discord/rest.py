"""Calls to Discord's REST interface, each of which raises only `PlatformError`s.

Calls of the bot go through discord.py, which keeps the rate limits of its buckets. It would also sleep through
every refusal for a rate, and repeat a failed call for half a minute; both is for the outbox to decide, so such
answers are raised at once. Answers to interactions have limits of their own, need no token of the bot, and go
through a session of theirs.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import aiohttp

from adapters.discord.errors import FAILURES, Refusal, mapped
from adapters.discord.library import discord
from adapters.discord.render import Attachment, Rendered
from bot.chat.errors import Unavailable

LIMIT = 30.0
"""Seconds one call may take, the wait for its bucket included."""
SHORT_WAIT = 1.0
"""Seconds of a rate limit that a call waits through by itself."""
REPEATED_BY_LIBRARY = frozenset({500, 502, 504, 524})


def refusing_at_once() -> aiohttp.TraceConfig:
    """What makes discord.py raise a `Refusal` instead of waiting long or repeating a call by itself."""
    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(_look_at_answer)
    return trace


async def _look_at_answer(
    _session: aiohttp.ClientSession, _context: SimpleNamespace, end: aiohttp.TraceRequestEndParams
) -> None:
    status = end.response.status
    if status != 429 and status not in REPEATED_BY_LIBRARY:
        return
    refusal = await _refusal(end.response)
    if status != 429 or refusal.retry_after is None or refusal.retry_after > SHORT_WAIT:
        raise refusal


async def _refusal(response: aiohttp.ClientResponse) -> Refusal:
    try:
        body = json.loads(await response.text())
    except ValueError:
        body = {}
    if not isinstance(body, dict):
        body = {}
    wait = body.get("retry_after", response.headers.get("Retry-After"))
    code, message = body.get("code", 0), body.get("message", response.reason)
    return Refusal(response.status, int(code), str(message), None if wait is None else float(wait))


class Rest:
    """The REST side of one connection."""

    def __init__(self, client: discord.Client, api_url: str) -> None:
        """Needs a running loop."""
        self._client = client
        self._api_url = api_url
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=LIMIT))

    async def close(self) -> None:
        """Close the session of the answers to interactions."""
        await self._session.close()

    @property
    def application(self) -> int:
        """The id of the application, known once logged in."""
        if self._client.application_id is None:
            raise Unavailable("sign_in", "the bot is not logged in", accepted=False)
        return self._client.application_id

    async def call(
        self,
        operation: str,
        method: str,
        path: str,
        *,
        body: Any = None,
        attachments: Sequence[Attachment] = (),
        params: Mapping[str, str] | None = None,
        **ids: str,
    ) -> Any:
        """One call of the bot; `ids` fill the places in `path`. Returns the decoded answer."""
        route = discord.http.Route(method, path, **ids)
        extra: dict[str, Any] = {"params": params} if params else {}
        if attachments:
            extra["form"] = _parts(body, attachments)
        elif body is not None:
            extra["json"] = body
        try:
            async with asyncio.timeout(LIMIT):
                return await self._client.http.request(route, **extra)
        except FAILURES as problem:
            raise mapped(operation, problem) from problem

    async def answer(self, operation: str, interaction: str, token: str, body: Mapping[str, Any]) -> None:
        """The first answer to an interaction, due within three seconds."""
        await self._interact(operation, "POST", f"/interactions/{interaction}/{token}/callback", body)

    async def follow_up(self, operation: str, token: str, message: Rendered, *, first: bool) -> Any:
        """A message that answers an interaction later: `first` fills the one that was promised."""
        webhook = f"/webhooks/{self.application}/{token}"
        method, path = ("PATCH", f"{webhook}/messages/@original") if first else ("POST", f"{webhook}?wait=true")
        return await self._interact(operation, method, path, message.body, message.attachments)

    async def take_back_promise(self, operation: str, token: str) -> None:
        """Remove the message that was promised."""
        await self._interact(operation, "DELETE", f"/webhooks/{self.application}/{token}/messages/@original")

    async def _interact(
        self,
        operation: str,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        attachments: Sequence[Attachment] = (),
    ) -> Any:
        sent: dict[str, Any] = {"data": _form(body, attachments)} if attachments else {"json": body}
        try:
            async with self._session.request(method, self._api_url + path, **sent) as response:
                if response.status >= 400:
                    raise await _refusal(response)
                return await response.json() if response.status == 200 else None
        except FAILURES as problem:
            raise mapped(operation, problem) from problem


def _parts(body: Any, attachments: Sequence[Attachment]) -> list[dict[str, Any]]:
    """The parts of a form that carries a message with its files."""
    files = [
        {
            "name": f"files[{number}]",
            "value": each.data,
            "filename": each.filename,
            "content_type": each.media_type,
        }
        for number, each in enumerate(attachments)
    ]
    return [{"name": "payload_json", "value": json.dumps(body)}, *files]


def _form(body: Any, attachments: Sequence[Attachment]) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)
    for part in _parts(body, attachments):
        form.add_field(**part)
    return form
