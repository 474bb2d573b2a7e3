"""The named steps of handling an event and of posting, where a crash may strike.

The runtime calls its `at` hook with the name whenever it has reached one. The hook does nothing in service; the
kill benchmark ends the process in it, and the tests raise there.
"""

from __future__ import annotations

from collections.abc import Callable

At = Callable[[str], None]

RECEIVED = "received"
"""The event is stored; nothing was acknowledged yet."""
HANDLED = "handled"
"""The handler is through; its transaction is not committed yet."""
FINISHED = "finished"
"""Committed; the courtesies are still to be carried out."""

CLAIMED = "claimed"
"""The delivery is leased to this worker."""
PREPARED = "prepared"
"""Its handler has decided what is sent; the transaction that says `sending` is not committed yet."""
SENDING = "sending"
"""Committed as `sending`; the platform was not called yet."""
PART_SENT = "part sent"
"""The platform accepted one part of a post, which nothing has recorded yet."""
SENT = "sent"
"""The platform accepted all of it; nothing has recorded it yet."""
RECORDED = "recorded"
"""The transaction that says `posted` is not committed yet."""
POSTED = "posted"
"""Committed as `posted`."""

EVENT_STEPS = (RECEIVED, HANDLED, FINISHED)
POSTING_STEPS = (CLAIMED, PREPARED, SENDING, PART_SENT, SENT, RECORDED, POSTED)


def nothing(step: str) -> None:
    """The hook in service."""
