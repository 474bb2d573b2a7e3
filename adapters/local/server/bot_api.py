"""The calls of a bot in another process, each with the workspace's secret."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.local.bot_side import BotSide
from adapters.local.calls import AnyCall, Call
from adapters.local.errors_json import STATUS, error_to_json
from adapters.local.faults import Fault
from adapters.local.workspace import Workspace
from bot.chat.errors import PayloadRejected, PlatformError


class BotApi:
    """The endpoints under `/bot`: calls, and for tests faults and a list of the bot's own posts."""

    def __init__(self, workspace: Workspace, secret: str, closing: asyncio.Event) -> None:
        """`closing` ends the calls that wait for something to happen."""
        self._workspace = workspace
        self._closing = closing
        self._bot_side = BotSide(workspace)
        self._authorization = f"Bearer {secret}"
        self._calls: TypeAdapter[Call] = TypeAdapter(AnyCall)

    def routes(self) -> list[Route]:
        """Every endpoint there is."""
        return [
            Route("/bot/call", self._for_bot(self._call), methods=["POST"]),
            Route("/bot/faults", self._for_bot(self._add_fault), methods=["POST"]),
            Route("/bot/posts", self._for_bot(self._posts), methods=["GET"]),
        ]

    def _for_bot(self, handler: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            given = request.headers.get("authorization", "")
            if not secrets.compare_digest(given.encode(), self._authorization.encode()):
                return JSONResponse({"error": "Unauthorized"}, status_code=401)
            try:
                return await handler(request)
            except ValidationError as problem:
                refused = PayloadRejected("call", str(problem))
                return JSONResponse(error_to_json(refused), status_code=STATUS[PayloadRejected])

        return answer

    async def _call(self, request: Request) -> Response:
        call = self._calls.validate_json(await request.body())
        try:
            return JSONResponse({"answer": await self._until_closing(call)})
        except PlatformError as error:
            return JSONResponse(error_to_json(error), status_code=STATUS[type(error)])

    async def _until_closing(self, call: Call) -> Any:
        """The call's answer, or None where the server closes first."""
        working = asyncio.create_task(self._bot_side.call(call))
        closing = asyncio.create_task(self._closing.wait())
        await asyncio.wait({working, closing}, return_when=asyncio.FIRST_COMPLETED)
        closing.cancel()
        if working.done():
            return working.result()
        working.cancel()
        return None

    async def _add_fault(self, request: Request) -> Response:
        self._workspace.faults.add(Fault.model_validate_json(await request.body()))
        return Response(status_code=204)

    async def _posts(self, request: Request) -> Response:
        posts = [asdict(post) for post in self._workspace.messages.of_bot()]
        return JSONResponse(
            [{**post, "posted_at": post["posted_at"].isoformat(), "edited_at": None, "card": None} for post in posts]
        )
