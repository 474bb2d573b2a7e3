"""The port to a language model, and what comes back through it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, Protocol

from bot.coach.prices import Usage
from bot.coach.reasons import Reason

Charge = Literal["none", "known", "unknown"]
"""What a failed call cost: surely nothing, what `usage` says, or nobody knows."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The reply's JSON, not yet held against anything, and the tokens of the call."""

    text: str
    usage: Usage


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is no reply. `detail` is for the log and for admins: never a person's words, never the key."""

    reason: Reason
    charge: Charge = "none"
    usage: Usage | None = None
    retry_after: timedelta | None = None
    detail: str = ""


class Model(Protocol):
    """Something that answers a request of the Messages API, once."""

    async def ask(self, body: dict[str, Any]) -> Answered | Failed:
        """Make one call within the time that is set; every failure of the other side comes back as `Failed`."""
        ...
