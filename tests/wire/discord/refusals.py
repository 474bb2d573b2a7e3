"""The ways Discord says no, with the codes of its reference."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """An answer of an error: status, code, message, and errors of a form where it is one."""

    def __init__(self, status: int, code: int, message: str, errors: dict[str, Any] | None = None) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.body: dict[str, Any] = {"message": message, "code": code}
        if errors is not None:
            self.body["errors"] = errors


def invalid(path: str, message: str) -> Refused:
    """A form that is not valid, with the place of what is wrong."""
    errors: dict[str, Any] = {"_errors": [{"code": "INVALID", "message": message}]}
    for part in reversed(path.split(".")):
        errors = {part: errors}
    return Refused(400, 50035, f"Invalid Form Body: {path}: {message}", errors)


def not_found() -> Refused:
    """No such route."""
    return Refused(404, 0, "404: Not Found")


TOO_LARGE = (413, 40005, "Request entity too large")
UNKNOWN_CHANNEL = (404, 10003, "Unknown Channel")
UNKNOWN_GUILD = (404, 10004, "Unknown Guild")
UNKNOWN_MEMBER = (404, 10007, "Unknown Member")
UNKNOWN_MESSAGE = (404, 10008, "Unknown Message")
UNKNOWN_USER = (404, 10013, "Unknown User")
UNKNOWN_EMOJI = (404, 10014, "Unknown Emoji")
UNKNOWN_WEBHOOK = (404, 10015, "Unknown Webhook")
UNKNOWN_INTERACTION = (404, 10062, "Unknown interaction")
TOO_MANY_COMMANDS = (400, 30032, "Maximum number of application commands reached (100)")
ALREADY_ACKNOWLEDGED = (400, 40060, "Interaction has already been acknowledged.")
MISSING_ACCESS = (403, 50001, "Missing Access")
NOT_YOUR_MESSAGE = (403, 50005, "Cannot edit a message authored by another user")
EMPTY_MESSAGE = (400, 50006, "Cannot send an empty message")
CANNOT_WRITE_TO_USER = (403, 50007, "Cannot send messages to this user")
MISSING_PERMISSIONS = (403, 50013, "Missing Permissions")
INVALID_TOKEN = (401, 50027, "Invalid Webhook Token")
ARCHIVED = (400, 50083, "Thread is archived")
THREAD_EXISTS = (400, 160004, "A thread has already been created for this message")
THREAD_LOCKED = (400, 160005, "Thread is locked")
TAG_REQUIRED = (400, 40067, "A tag is required to create a forum post in this channel")
