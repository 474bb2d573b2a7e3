"""Platform errors as JSON and back, for a bot that reaches the workspace over HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.chat.errors import PayloadRejected, PermissionMissing, PlatformError, RateLimited, TargetGone, Unavailable

STATUS: dict[type[PlatformError], int] = {
    RateLimited: 429,
    PermissionMissing: 403,
    TargetGone: 404,
    PayloadRejected: 400,
    Unavailable: 503,
}


def error_to_json(error: PlatformError) -> dict[str, Any]:
    """The error with all that is needed to raise it again."""
    facts: dict[str, Any] = {"error": type(error).__name__, "operation": error.operation, "detail": error.detail}
    match error:
        case RateLimited():
            facts["seconds"] = error.retry_after.total_seconds()
        case PermissionMissing():
            facts["which"] = error.which
        case Unavailable():
            facts["accepted"] = error.accepted
    return facts


def error_from_json(facts: dict[str, Any]) -> PlatformError:
    """The error that was written; whatever is not known is an answer nobody can rely on."""
    operation, detail = str(facts.get("operation", "call")), str(facts.get("detail", ""))
    match facts.get("error"):
        case "RateLimited":
            return RateLimited(operation, timedelta(seconds=facts["seconds"]))
        case "PermissionMissing":
            return PermissionMissing(operation, facts["which"])
        case "TargetGone":
            return TargetGone(operation, detail)
        case "PayloadRejected":
            return PayloadRejected(operation, detail)
        case _:
            return Unavailable(operation, detail or "an unknown answer", accepted=facts.get("accepted"))
