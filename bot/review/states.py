"""Which way leads where: the states of a round, an answer in it, and a review."""

from __future__ import annotations

from collections.abc import Mapping

from bot.base.errors import StarlingError
from storage.tables.review import EntryState, ReviewState, RoundState

ROUND: Mapping[RoundState, frozenset[RoundState]] = {
    RoundState.DRAFT: frozenset({RoundState.COLLECTING, RoundState.CANCELLED}),
    RoundState.COLLECTING: frozenset({RoundState.LOCKING, RoundState.PAUSED, RoundState.CANCELLED}),
    RoundState.LOCKING: frozenset({RoundState.ASSIGNING, RoundState.SKIPPED, RoundState.PAUSED, RoundState.CANCELLED}),
    RoundState.ASSIGNING: frozenset({RoundState.REVIEWING, RoundState.PAUSED, RoundState.CANCELLED}),
    RoundState.REVIEWING: frozenset({RoundState.GRACE, RoundState.CLOSING, RoundState.PAUSED, RoundState.CANCELLED}),
    RoundState.GRACE: frozenset({RoundState.CLOSING, RoundState.PAUSED, RoundState.CANCELLED}),
    RoundState.CLOSING: frozenset({RoundState.CLOSED}),
    RoundState.CLOSED: frozenset({RoundState.CLOSING}),
    RoundState.PAUSED: frozenset(
        {
            RoundState.COLLECTING,
            RoundState.LOCKING,
            RoundState.ASSIGNING,
            RoundState.REVIEWING,
            RoundState.GRACE,
            RoundState.CANCELLED,
        }
    ),
    RoundState.CANCELLED: frozenset(),
    RoundState.SKIPPED: frozenset(),
}
"""A paused round goes back to where it was. A closed one goes back to closing only with a reason: it was reopened."""

ENTRY: Mapping[EntryState, frozenset[EntryState]] = {
    EntryState.REGISTERED: frozenset({EntryState.LOCKED, EntryState.WITHDRAWN}),
    EntryState.LOCKED: frozenset({EntryState.WITHDRAWN, EntryState.HIDDEN, EntryState.SUMMARISED}),
    EntryState.HIDDEN: frozenset({EntryState.LOCKED, EntryState.WITHDRAWN}),
    EntryState.SUMMARISED: frozenset({EntryState.WITHDRAWN, EntryState.SUMMARISED}),
    EntryState.WITHDRAWN: frozenset(),
}

REVIEW: Mapping[ReviewState, frozenset[ReviewState]] = {
    ReviewState.ASSIGNED: frozenset(
        {ReviewState.OPENED, ReviewState.SUBMITTED, ReviewState.RELEASED, ReviewState.LATE}
    ),
    ReviewState.OPENED: frozenset({ReviewState.SUBMITTED, ReviewState.RELEASED, ReviewState.LATE}),
    ReviewState.SUBMITTED: frozenset({ReviewState.SUBMITTED, ReviewState.COUNTED, ReviewState.FLAGGED}),
    ReviewState.FLAGGED: frozenset(
        {ReviewState.SUBMITTED, ReviewState.COUNTED, ReviewState.LATE, ReviewState.EXCLUDED}
    ),
    ReviewState.COUNTED: frozenset({ReviewState.FLAGGED, ReviewState.COUNTED}),
    ReviewState.LATE: frozenset({ReviewState.FLAGGED}),
    ReviewState.RELEASED: frozenset({ReviewState.LATE, ReviewState.SUBMITTED}),
    ReviewState.EXCLUDED: frozenset(),
}
"""A released review that comes in after all fills the demand if nobody else has; after the close it is late."""

TAKING_REVIEWS = frozenset({RoundState.REVIEWING, RoundState.GRACE})
OVER = frozenset({RoundState.CLOSED, RoundState.CANCELLED, RoundState.SKIPPED})
UNDONE = frozenset({ReviewState.ASSIGNED, ReviewState.OPENED})


class WrongTurn(StarlingError):
    """A step that no state allows: a fault of ours, never of a person."""


def check_round(before: RoundState, after: RoundState) -> None:
    """`WrongTurn` unless a round may go from one state to the other."""
    if after not in ROUND[before]:
        raise WrongTurn(f"a round does not go from {before} to {after}")


def check_entry(before: EntryState, after: EntryState) -> None:
    """`WrongTurn` unless an answer in a round may go from one state to the other."""
    if after not in ENTRY[before]:
        raise WrongTurn(f"an answer in a round does not go from {before} to {after}")


def check_review(before: ReviewState, after: ReviewState) -> None:
    """`WrongTurn` unless a review may go from one state to the other."""
    if after not in REVIEW[before]:
        raise WrongTurn(f"a review does not go from {before} to {after}")
