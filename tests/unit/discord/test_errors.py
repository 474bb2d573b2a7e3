"""Every way in which Discord fails comes down to one error of the tree."""

from __future__ import annotations

from datetime import timedelta

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey

from adapters.discord.errors import Failure, Refusal, mapped
from adapters.discord.library import discord
from bot.chat.errors import (
    PayloadRejected,
    PermissionMissing,
    PlatformError,
    RateLimited,
    TargetGone,
    Unavailable,
)

REFUSALS: list[tuple[str, int, int, type[PlatformError]]] = [
    ("send", 404, 10003, TargetGone),
    ("send", 404, 10004, TargetGone),
    ("profile", 404, 10007, TargetGone),
    ("edit", 404, 10008, TargetGone),
    ("profile", 404, 10013, TargetGone),
    ("send", 404, 10015, TargetGone),
    ("acknowledge", 404, 10062, TargetGone),
    ("send", 403, 50007, TargetGone),
    ("send", 400, 50278, TargetGone),
    ("send_in_thread", 400, 50083, TargetGone),
    ("send", 400, 40094, TargetGone),
    ("send", 400, 40066, PermissionMissing),
    ("send", 400, 40067, PermissionMissing),
    ("send", 403, 50001, PermissionMissing),
    ("send", 403, 50013, PermissionMissing),
    ("send", 403, 0, PermissionMissing),
    ("send_in_thread", 400, 160005, PermissionMissing),
    ("send", 401, 0, PermissionMissing),
    ("send", 400, 50035, PayloadRejected),
    ("send", 400, 50006, PayloadRejected),
    ("send", 413, 40005, PayloadRejected),
    ("acknowledge", 400, 40060, PayloadRejected),
    ("send", 429, 0, RateLimited),
    ("send", 500, 0, Unavailable),
    ("send", 503, 0, Unavailable),
    ("send", 524, 0, Unavailable),
]


@pytest.mark.parametrize(("operation", "status", "code", "kind"), REFUSALS)
def test_a_refusal_is_one_error(operation: str, status: int, code: int, kind: type[PlatformError]) -> None:
    error = mapped(operation, Refusal(status, code, "no"))
    assert type(error) is kind
    assert error.operation == operation


@pytest.mark.parametrize(
    ("operation", "code", "which"),
    [
        ("send", 50013, "SEND_MESSAGES"),
        ("send_in_thread", 50013, "SEND_MESSAGES_IN_THREADS"),
        ("thread", 50013, "CREATE_PUBLIC_THREADS"),
        ("react", 50013, "ADD_REACTIONS"),
        ("find_own_post", 50013, "READ_MESSAGE_HISTORY"),
        ("send", 50001, "VIEW_CHANNEL"),
        ("send_in_thread", 160005, "MANAGE_THREADS"),
    ],
)
def test_a_missing_permission_is_named_by_what_was_done(operation: str, code: int, which: str) -> None:
    error = mapped(operation, Refusal(403, code))
    assert isinstance(error, PermissionMissing)
    assert error.which == which


def test_a_rate_limit_says_how_long_and_a_minute_where_discord_does_not() -> None:
    told, untold = mapped("send", Refusal(429, retry_after=2.5)), mapped("send", Refusal(429))
    assert isinstance(told, RateLimited)
    assert isinstance(untold, RateLimited)
    assert (told.retry_after, untold.retry_after) == (timedelta(seconds=2.5), timedelta(minutes=1))


def unreachable() -> aiohttp.ClientConnectorError:
    key = ConnectionKey("discord.com", 443, True, True, None, None, None)
    return aiohttp.ClientConnectorError(key, OSError(111, "refused"))


@pytest.mark.parametrize(
    ("problem", "accepted"),
    [
        (unreachable(), False),
        (RuntimeError("Session is closed"), False),
        (aiohttp.ServerDisconnectedError(), None),
        (aiohttp.ClientPayloadError(), None),
        (ConnectionResetError(104, "reset"), None),
        (TimeoutError(), None),
    ],
)
def test_a_broken_connection_says_whether_the_call_may_have_taken_effect(
    problem: Failure, accepted: bool | None
) -> None:
    error = mapped("send", problem)
    assert isinstance(error, Unavailable)
    assert error.accepted is accepted


def test_a_wait_of_the_library_is_a_rate_limit() -> None:
    error = mapped("send", discord.RateLimited(12.0))
    assert isinstance(error, RateLimited)
    assert error.retry_after == timedelta(seconds=12)
