"""What Slack answers and how it fails, brought down to the one tree of errors.

The codes are those of Slack's reference of Web API methods. A code that is not listed is a refusal: the call took
no effect, and repeating it cannot help.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.chat.errors import (
    PayloadRejected,
    PermissionMissing,
    PlatformError,
    RateLimited,
    TargetGone,
    Unavailable,
)

SHORTEST_WAIT = 1.0
"""Seconds to wait where a rate limit does not say how long."""

TOKEN = "a valid bot token"
MEMBERSHIP = "membership of the channel"
PERMISSIONS = {
    "not_in_channel": MEMBERSHIP,
    "user_not_in_channel": MEMBERSHIP,
    "invalid_auth": TOKEN,
    "not_authed": TOKEN,
    "account_inactive": TOKEN,
    "token_revoked": TOKEN,
    "token_expired": TOKEN,
    "invalid_refresh_token": TOKEN,
    "app_uninstalled": TOKEN,
    "not_allowed_token_type": "a token of the right kind",
    "missing_scope": "a scope",
    "no_permission": "a scope",
    "ekm_access_denied": "access, which an administrator has suspended",
    "access_denied": "access",
    "restricted_action": "posting in this channel",
    "restricted_action_read_only_channel": "posting in this channel",
    "restricted_action_thread_only_channel": "posting outside threads in this channel",
    "restricted_action_non_threadable_channel": "threads in this channel",
    "restricted_action_thread_locked": "an open thread",
    "cant_update_message": "changing this message",
    "cant_delete_message": "deleting this message",
    "not_enabled": "the Home tab",
}
"""What is missing, by Slack's code; `missing_scope` names the scope itself."""
GONE = frozenset(
    {
        "channel_not_found",
        "is_archived",
        "message_not_found",
        "thread_not_found",
        "user_not_found",
        "users_not_found",
        "user_not_visible",
        "user_disabled",
        "no_item_specified",
        "bad_timestamp",
        "edit_window_closed",
        "cannot_dm_bot",
        "messages_tab_disabled",
        "team_not_found",
        "is_inactive",
    }
)
FAILED = frozenset(
    {
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "accesslimited",
        "deprecated_endpoint_timeout",
        "team_added_to_org",
        "org_login_required",
        "unknown_error",
    }
)


def platform_error(operation: str, problem: Exception) -> PlatformError:
    """The error of the one tree that `problem`, raised by a call of `operation`, stands for."""
    if isinstance(problem, SlackApiError):
        return _answered(operation, problem)
    if isinstance(problem, aiohttp.ClientConnectorError):
        return Unavailable(operation, "no connection to Slack", accepted=False)
    return Unavailable(operation, type(problem).__name__, accepted=None)


def _answered(operation: str, problem: SlackApiError) -> PlatformError:
    response: Any = problem.response
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0) or 0)
    data = getattr(response, "data", None)
    facts: dict[str, Any] = data if isinstance(data, dict) else {}
    code = str(facts.get("error", ""))
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return RateLimited(operation, timedelta(seconds=_wait(getattr(response, "headers", {}))))
    if code in PERMISSIONS:
        return PermissionMissing(operation, str(facts.get("needed") or PERMISSIONS[code]))
    if code in GONE:
        return TargetGone(operation, code)
    if status >= 500 or code in FAILED or not code:
        return Unavailable(operation, code or f"status {status}", accepted=None)
    return PayloadRejected(operation, _detail(code, facts))


def _wait(headers: Any) -> float:
    try:
        return max(float(headers["Retry-After"]), SHORTEST_WAIT)
    except (KeyError, TypeError, ValueError):
        return SHORTEST_WAIT


def _detail(code: str, facts: dict[str, Any]) -> str:
    """The code with what Slack says of it; that names places in the payload, never its content."""
    metadata = facts.get("response_metadata")
    messages = metadata.get("messages") if isinstance(metadata, dict) else None
    return "; ".join([code, *map(str, messages or facts.get("errors") or ())])
