"""Speaking times at a person's own pace, beside a Report: its own times stay at 150 words a minute."""

from __future__ import annotations

from bot.scoring.report import TimeByPart
from bot.scoring.selfchecks import WORDS_A_MINUTE

SLOWEST, FASTEST = 60, 300
"""Words a minute that a person can mean."""


def measured_pace(words: int, seconds: int) -> int | None:
    """Words a minute of somebody who told `words` in `seconds`; None where no person speaks like that."""
    if words <= 0 or seconds <= 0:
        return None
    pace = round(words * 60 / seconds)
    return pace if SLOWEST <= pace <= FASTEST else None


def at_pace(times: tuple[TimeByPart, ...], pace: int) -> tuple[TimeByPart, ...]:
    """The same parts at `pace` words a minute. `ValueError` for a pace that nobody speaks at."""
    if not SLOWEST <= pace <= FASTEST:
        raise ValueError(f"nobody speaks {pace} words a minute")
    return tuple(TimeByPart(part.label, round(part.seconds * WORDS_A_MINUTE / pace), part.share) for part in times)
