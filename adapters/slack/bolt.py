"""The Bolt app: checks signatures, then hands every payload to the receiver and acknowledges what that says.

The receiver stands before Bolt's own authorization and listeners. So whatever Slack sends is acknowledged, of unknown
kinds too, and only after it was accepted; Bolt's listeners would acknowledge events before they run.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.payloads import Payload
from adapters.slack.receiving import Answer

logger = logging.getLogger(__name__)

Receive = Callable[[Payload], Awaitable[Answer]]


def bolt_app(client: AsyncWebClient, receive: Receive, signing_secret: str | None = None) -> AsyncApp:
    """An app that works by `receive` alone."""
    return AsyncApp(
        client=client,
        signing_secret=signing_secret,
        before_authorize=_Receiving(receive),
        authorize=None if client.token else _nobody,
        ignoring_self_events_enabled=False,
    )


async def _nobody() -> AuthorizeResult:
    """Bolt wants to be able to ask who somebody is, but it never comes to that."""
    raise LookupError("the receiver answers before anybody is authorized")


class _Receiving(AsyncMiddleware):
    def __init__(self, receive: Receive) -> None:
        self._receive = receive

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse | None:
        if req.body.get("type") == "url_verification":
            return await next()
        try:
            answer = await self._receive(req.body)
        except Exception:
            logger.exception("a payload of Slack could not be accepted; it is not acknowledged")
            return BoltResponse(status=500)
        return BoltResponse(status=200, body=dict(answer) if answer else "")
