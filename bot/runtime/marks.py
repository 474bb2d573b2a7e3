"""What the runtime notes in a delivery's payload: ids and references, beside those of its room."""

from __future__ import annotations

PARTS = "posted_parts"
"""The parts of its post that were accepted before it had to wait: message references, None where there is none."""
SENT_TO = "sent_to"
"""For whom its post is, since the moment it was marked as being sent (`bot.runtime.whereabouts`)."""
WITH = "with"
"""In a companion: the id of the delivery whose post it travels with."""
GONE = "gone"
"""Why a delivery ended whose place, or whoever it was for, is not there any more."""
COMPANIONS = "companions"
"""In a leader: the ids of those that travel with it."""
