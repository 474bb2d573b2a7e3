"""From whatever Discord or the way to it does wrong to the one tree of errors.

Codes are those of Discord's reference of JSON error codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import aiohttp

from adapters.discord.library import discord
from bot.chat.errors import PayloadRejected, PermissionMissing, PlatformError, RateLimited, TargetGone, Unavailable

UNKNOWN_CHANNEL = 10003
UNKNOWN_MEMBER = 10007
UNKNOWN_MESSAGE = 10008
UNKNOWN_USER = 10013
UNKNOWN_EMOJI = 10014
ALREADY_ACKNOWLEDGED = 40060
NO_TAG_FOR_US = 40066
TAG_REQUIRED = 40067
FOLLOW_UPS_SPENT = 40094
MISSING_ACCESS = 50001
CANNOT_WRITE_TO_USER = 50007
MISSING_PERMISSIONS = 50013
ARCHIVED = 50083
NO_COMMON_SERVER = 50278
THREAD_EXISTS = 160004
THREAD_LOCKED = 160005

CLOSED_TO_US = frozenset({CANNOT_WRITE_TO_USER, NO_COMMON_SERVER})
"""Codes by which a person takes no direct messages of ours."""

_GONE = frozenset({ARCHIVED, FOLLOW_UPS_SPENT}) | CLOSED_TO_US
"""The last but one is said of an interaction by which nothing more can be shown."""
_NEEDS_THREADS_MANAGED = frozenset({THREAD_LOCKED, NO_TAG_FOR_US, TAG_REQUIRED})
"""Said where a thread is locked, and where a forum asks for a tag that only those may give who manage threads."""
NEEDED: Mapping[str, str] = {
    "send": "SEND_MESSAGES",
    "thread": "CREATE_PUBLIC_THREADS",
    "send_in_thread": "SEND_MESSAGES_IN_THREADS",
    "reopen": "MANAGE_THREADS",
    "react": "ADD_REACTIONS",
    "find_own_post": "READ_MESSAGE_HISTORY",
}
"""The permission an operation needs first, named where Discord does not say which one is missing."""
WAIT_UNKNOWN = timedelta(seconds=60)
"""How long to wait where Discord does not say."""


class Refusal(Exception):
    """An answer of Discord that is none of success; `retry_after` in seconds."""

    def __init__(self, status: int, code: int = 0, message: str = "", retry_after: float | None = None) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after


Failure = Refusal | discord.HTTPException | discord.RateLimited | aiohttp.ClientError | OSError | RuntimeError
"""What a call can fail with; the last is what aiohttp raises once its session is closed."""
FAILURES = (Refusal, discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError, RuntimeError)


def mapped(operation: str, problem: Failure) -> PlatformError:
    """The one error of the tree that says what went wrong."""
    match problem:
        case Refusal():
            return _refused(operation, problem)
        case discord.RateLimited():
            return RateLimited(operation, timedelta(seconds=problem.retry_after))
        case discord.HTTPException():
            return _refused(operation, Refusal(problem.status, problem.code, problem.text))
        case aiohttp.ClientConnectorError():
            return Unavailable(operation, str(problem), accepted=False)
        case RuntimeError():
            return Unavailable(operation, str(problem), accepted=False)
        case _:
            return Unavailable(operation, f"{type(problem).__name__} {problem}".strip(), accepted=None)


def _refused(operation: str, refusal: Refusal) -> PlatformError:
    detail = f"{refusal.message} ({refusal.status}, {refusal.code})"
    status, code = refusal.status, refusal.code
    if status == 429:
        wait = WAIT_UNKNOWN if refusal.retry_after is None else timedelta(seconds=refusal.retry_after)
        return RateLimited(operation, wait)
    if status >= 500:
        return Unavailable(operation, detail, accepted=None)
    if code in _GONE:
        return TargetGone(operation, detail)
    if code == MISSING_ACCESS:
        return PermissionMissing(operation, "VIEW_CHANNEL")
    if code in _NEEDS_THREADS_MANAGED:
        return PermissionMissing(operation, "MANAGE_THREADS")
    if status == 401:
        return PermissionMissing(operation, "a valid STARLING_DISCORD_TOKEN")
    if code == MISSING_PERMISSIONS or status == 403:
        return PermissionMissing(operation, NEEDED.get(operation, "VIEW_CHANNEL"))
    if status == 404:
        return TargetGone(operation, detail)
    return PayloadRejected(operation, detail)


def code_of(error: PlatformError) -> int:
    """The code Discord gave with the refusal this error stands for; 0 where there is none."""
    cause = error.__cause__
    return cause.code if isinstance(cause, Refusal | discord.HTTPException) else 0
