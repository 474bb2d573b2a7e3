"""Whatever Slack answers comes down to the one tree of errors."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError

from adapters.slack.errors import FAILED, GONE, MEMBERSHIP, PERMISSIONS, TOKEN, platform_error
from bot.chat.errors import PayloadRejected, PermissionMissing, RateLimited, TargetGone, Unavailable


def answered(error: str = "", status: int = 200, headers: dict[str, str] | None = None, **facts: Any) -> SlackApiError:
    data = {"ok": False, "error": error, **facts} if error else b""
    response = SimpleNamespace(status_code=status, headers=headers or {}, data=data)
    return SlackApiError("refused", response)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    ("answer", "wait"),
    [
        (answered("ratelimited", 429, {"Retry-After": "30"}), 30),
        (answered("ratelimited", 200, {"Retry-After": "2"}), 2),
        (answered("", 429, {"Retry-After": "5"}), 5),
        (answered("rate_limited", 429), 1),
        (answered("ratelimited", 429, {"Retry-After": "soon"}), 1),
        (answered("ratelimited", 429, {"Retry-After": "0"}), 1),
    ],
)
def test_a_rate_limit_says_how_long(answer: SlackApiError, wait: int) -> None:
    error = platform_error("chat.postMessage", answer)
    assert isinstance(error, RateLimited)
    assert error.retry_after == timedelta(seconds=wait)
    assert error.operation == "chat.postMessage"


@pytest.mark.parametrize(
    ("answer", "which"),
    [
        (answered("missing_scope", needed="chat:write", provided="users:read"), "chat:write"),
        (answered("not_in_channel"), MEMBERSHIP),
        (answered("token_revoked"), TOKEN),
        (answered("invalid_auth"), TOKEN),
        (answered("restricted_action"), "posting in this channel"),
    ],
)
def test_a_missing_permission_is_named(answer: SlackApiError, which: str) -> None:
    error = platform_error("chat.postMessage", answer)
    assert isinstance(error, PermissionMissing)
    assert error.which == which


@pytest.mark.parametrize(
    "code", ["channel_not_found", "is_archived", "message_not_found", "user_not_found", "user_disabled"]
)
def test_what_is_gone_is_gone(code: str) -> None:
    error = platform_error("chat.update", answered(code))
    assert isinstance(error, TargetGone)
    assert error.detail == code


@pytest.mark.parametrize(
    "code", ["invalid_blocks", "msg_too_long", "no_text", "expired_trigger_id", "a_code_of_next_year"]
)
def test_another_refusal_is_for_good(code: str) -> None:
    assert type(platform_error("chat.postMessage", answered(code))) is PayloadRejected


def test_a_refusal_tells_where_it_lies_and_nothing_that_was_written() -> None:
    places = ["[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"]
    error = platform_error("chat.postMessage", answered("invalid_blocks", response_metadata={"messages": places}))
    assert error.detail == f"invalid_blocks; {places[0]}"


@pytest.mark.parametrize(
    ("problem", "accepted"),
    [
        (answered("internal_error"), None),
        (answered("fatal_error", 500), None),
        (answered("", 503), None),
        (answered("", 502), None),
        (aiohttp.ServerDisconnectedError(), None),
        (TimeoutError(), None),
        (SlackRequestError("unreadable"), None),
        (aiohttp.ClientConnectorError(connection_key=None, os_error=OSError()), False),  # type: ignore[arg-type]
    ],
)
def test_no_answer_leaves_open_whether_it_took_effect(problem: Exception, accepted: bool | None) -> None:
    error = platform_error("chat.postMessage", problem)
    assert isinstance(error, Unavailable)
    assert error.accepted is accepted


def test_no_code_stands_in_two_tables() -> None:
    assert not set(PERMISSIONS) & GONE
    assert not set(PERMISSIONS) & FAILED
    assert not GONE & FAILED
