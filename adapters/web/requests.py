"""Reading what a browser sends: a form's fields, within limits, and the language it would like."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from adapters.web.forms import ACTION, DRAWN, INPUT, TOKEN

LARGEST_BODY = 1_000_000
MOST_FIELDS = 500
SLOWEST_BODY = 30.0
"""Seconds within which a form has to arrive."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")


class TooLarge(Exception):
    """More was sent than any form here can hold."""


class TooSlow(Exception):
    """It did not arrive in time."""


class Sent:
    """The fields of a form that was sent."""

    def __init__(self, fields: Mapping[str, tuple[str, ...]]) -> None:
        self._fields = fields

    @property
    def token(self) -> str:
        """What shows that it comes from our own page."""
        return self._first(TOKEN)

    @property
    def action(self) -> str:
        """The payload of the form."""
        return self._first(ACTION)

    @property
    def drawn(self) -> str:
        """Which drawing of the page it was filled in on."""
        return self._first(DRAWN)

    @property
    def values(self) -> dict[str, tuple[str, ...]]:
        """What was entered, by the names of the form's inputs."""
        return {name.removeprefix(INPUT): entered for name, entered in self._fields.items() if name.startswith(INPUT)}

    def _first(self, name: str) -> str:
        return next(iter(self._fields.get(name, ())), "")


async def read_form(request: Request) -> Sent:
    """The fields of an ordinary form; line breaks as everywhere else.

    `TooLarge` where there is too much of it, `TooSlow` where it takes too long.
    """
    try:
        async with asyncio.timeout(SLOWEST_BODY):
            body = await _body(request)
    except TimeoutError as problem:
        raise TooSlow from problem
    try:
        pairs = parse_qsl(
            body.decode("ascii", "replace"), keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS
        )
    except ValueError as problem:
        raise TooLarge from problem
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        fields[name] = (*fields.get(name, ()), value.replace("\r\n", "\n"))
    return Sent(fields)


async def _body(request: Request) -> bytearray:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            raise TooLarge
    return body


def wished_language(request: Request) -> str:
    """The language a browser asks for first, for those of whom nothing else is known."""
    found = _LANGUAGE.match(request.headers.get("accept-language", "").strip())
    return found[0] if found else "en"
