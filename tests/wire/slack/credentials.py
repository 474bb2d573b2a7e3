"""What is good once or for a while: tickets, trigger ids, response addresses; and how often a channel takes a post."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

TICKET_SECONDS, TRIGGER_SECONDS, RESPONSE_SECONDS = 30.0, 3.0, 1800.0
RESPONSES = 5
BURST = 3


class Refused(Exception):
    """An answer with `ok: false`; `status` and `headers` where they are not the usual ones."""

    def __init__(self, error: str, status: int = 200, headers: dict[str, str] | None = None, **facts: object) -> None:
        super().__init__(error)
        self.error, self.status, self.headers, self.facts = error, status, headers or {}, facts


@dataclass
class ResponseAddress:
    """Where an interaction can be answered: five times within half an hour."""

    channel: str
    user: str
    until: float
    left: int = RESPONSES


class Credentials:
    """Issues and takes back. `seconds` is a clock that only moves forward."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._tickets: dict[str, float] = {}
        self._triggers: dict[str, tuple[str, float]] = {}
        self._used: set[str] = set()
        self._responses: dict[str, ResponseAddress] = {}

    def ticket(self) -> str:
        """A ticket for one connection."""
        made = uuid.uuid4().hex
        self._tickets[made] = self._seconds() + TICKET_SECONDS
        return made

    def take_ticket(self, ticket: str) -> bool:
        """Whether this ticket lets a connection in; it does so once."""
        return self._tickets.pop(ticket, 0.0) > self._seconds()

    def trigger(self, user: str) -> str:
        """A trigger id for one form of this person, good for three seconds."""
        made = f"{uuid.uuid4().int % 10**12}.{uuid.uuid4().hex}"
        self._triggers[made] = (user, self._seconds() + TRIGGER_SECONDS)
        return made

    def take_trigger(self, trigger: str | None) -> str:
        """Whose form this trigger id may open; `Refused` for one that is unknown, used or too old."""
        if trigger is None or trigger not in self._triggers:
            raise Refused("exchanged_trigger_id" if trigger in self._used else "invalid_trigger_id")
        user, until = self._triggers.pop(trigger)
        self._used.add(trigger)
        if self._seconds() > until:
            raise Refused("expired_trigger_id")
        return user

    def response(self, channel: str, user: str) -> str:
        """The last part of an address that answers an interaction."""
        made = uuid.uuid4().hex
        self._responses[made] = ResponseAddress(channel, user, self._seconds() + RESPONSE_SECONDS)
        return made

    def take_response(self, name: str) -> ResponseAddress | None:
        """Use such an address; None where that is not possible any more."""
        found = self._responses.get(name)
        if found is None or found.left <= 0 or found.until < self._seconds():
            return None
        found.left -= 1
        return found


class PostLimits:
    """About one post a second in each channel, with short bursts."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._filled: dict[str, tuple[float, float]] = {}

    def take(self, channel: str) -> None:
        """Count one post; `Refused` with 429 where it comes too soon."""
        now = self._seconds()
        at, level = self._filled.get(channel, (now, 0.0))
        level = max(0.0, level - (now - at))
        if level >= BURST:
            raise Refused("ratelimited", 429, {"Retry-After": "1"})
        self._filled[channel] = (now, level + 1)
