"""The log of what the bot is to be told: delivered in order, again and again until it is acknowledged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from adapters.local.store import Store
from bot.chat.events import (
    ActionClicked,
    CommandInvoked,
    Event,
    FormSubmitted,
    HomeOpened,
    event_from_json,
    event_to_json,
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way; `attempt` counts from 1, `trigger` is the credential of an interaction."""

    event: Event
    attempt: int
    trigger: str | None


class EventLog:
    """The events of one workspace. `mark` makes its delivery ids unlike those of any other workspace."""

    def __init__(self, store: Store, mark: str) -> None:
        self._store = store
        self._mark = mark

    def add(self, make: Callable[[str], Event]) -> Event:
        """Log the event that `make` builds from its delivery id; needs a transaction."""
        last = self._store.row("SELECT seq FROM sqlite_sequence WHERE name = 'events'")
        delivery_id = f"{self._mark}-{(last['seq'] if last else 0) + 1}"
        event = make(delivery_id)
        interaction = isinstance(event, ActionClicked | CommandInvoked | FormSubmitted | HomeOpened)
        self._store.write(
            "INSERT INTO events (delivery_id, body, trigger) VALUES (?, ?, ?)",
            *(delivery_id, event_to_json(event), f"answer-{delivery_id}" if interaction else None),
        )
        return event

    def next(self) -> Delivery | None:
        """The oldest event that is not acknowledged; counts as one attempt to deliver it."""
        row = self._store.row("SELECT * FROM events WHERE acknowledged = 0 ORDER BY number LIMIT 1")
        if row is None:
            return None
        with self._store.transaction():
            self._store.write("UPDATE events SET attempts = attempts + 1 WHERE number = ?", row["number"])
        event = event_from_json(row["body"])
        if isinstance(event, ActionClicked | CommandInvoked | FormSubmitted | HomeOpened):
            event = replace(event, trigger=row["trigger"])
        return Delivery(event, row["attempts"] + 1, row["trigger"])

    def waiting(self) -> int:
        """How many events are not acknowledged."""
        row = self._store.row("SELECT count(*) AS number FROM events WHERE acknowledged = 0")
        return int(row["number"]) if row else 0

    def acknowledge(self, delivery_id: str) -> Event | None:
        """Mark an event as received; returns it, or None where it was before. Needs a transaction."""
        row = self._store.row("SELECT * FROM events WHERE delivery_id = ? AND acknowledged = 0", delivery_id)
        if row is None:
            return None
        self._store.write("UPDATE events SET acknowledged = 1 WHERE number = ?", row["number"])
        return event_from_json(row["body"])

    def again(self, delivery_id: str) -> None:
        """Deliver an acknowledged event once more, as platforms sometimes do."""
        with self._store.transaction():
            self._store.write("UPDATE events SET acknowledged = 0 WHERE delivery_id = ?", delivery_id)
