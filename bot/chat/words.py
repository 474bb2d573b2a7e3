"""What people read, as cards, forms, charts and pages hold it."""

from __future__ import annotations

from typing import Annotated

from bot.base.text import Text

Words = Text | str
"""What people read: a catalogue text, or a plain string for somebody's own words and names."""
OwnWords = Annotated[str, "read by people"]
"""Somebody's own words, never a catalogue text."""
