"""What can go wrong on a chat platform.

PlatformError
├── RateLimited(retry_after)   wait, then the same call succeeds
├── PermissionMissing(which)   an administrator has to grant something
├── TargetGone                 the channel, message or person is not there any more
├── PayloadRejected            the platform refused what was sent; sending it again cannot help
└── Unavailable                the platform did not answer, or answered that it failed; `accepted`
                               is None where nobody can know whether the call took effect
"""

from __future__ import annotations

from datetime import timedelta

from bot.base.errors import StarlingError


class PlatformError(StarlingError):
    """A chat platform refused or failed; `operation` names the call."""

    def __init__(self, operation: str, detail: str) -> None:
        super().__init__(f"{operation}: {detail}")
        self.operation = operation
        self.detail = detail


class RateLimited(PlatformError):
    """The platform asks us to wait `retry_after` before this call."""

    def __init__(self, operation: str, retry_after: timedelta) -> None:
        super().__init__(operation, f"rate limited for {retry_after.total_seconds():g} s")
        self.retry_after = retry_after


class PermissionMissing(PlatformError):
    """A permission or scope named `which` has to be granted first."""

    def __init__(self, operation: str, which: str) -> None:
        super().__init__(operation, f"needs the permission {which}")
        self.which = which


class TargetGone(PlatformError):
    """The channel, message or person does not exist any more, or is closed to us."""


class PayloadRejected(PlatformError):
    """The platform refused the content; repeating the call cannot help."""


class Unavailable(PlatformError):
    """The platform failed or did not answer.

    `accepted` is False where the call surely took no effect, None where nobody can know.
    """

    def __init__(self, operation: str, detail: str, *, accepted: bool | None) -> None:
        super().__init__(operation, detail)
        self.accepted = accepted
