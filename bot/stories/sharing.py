"""Who sees a story, and the look at its words before they do.

Nothing reaches others before its owner was shown what may be confidential in it: not when a story is first shown, and
not when a story that others see already gets words that point at somebody or something new. Such a story goes back to
its owner until they decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from bot.feature.context import Context
from bot.stories.confidentiality import Pointed, look_through
from bot.stories.records import StoryRecord
from bot.stories.service import show_to
from storage.tables.stories import StoryVisibility


def words_shown(record: StoryRecord) -> str:
    """All words of a story that others see with it."""
    told = [telling.text for telling in record.tellings.values()]
    project = [record.project.name] if record.project is not None else []
    return "\n".join(
        (record.version.title, record.text, *told, *record.follow_ups.values(), *project, *record.story.tags)
    )


def pointed_in(record: StoryRecord) -> Sequence[Pointed]:
    """What may be confidential in a story."""
    return look_through(words_shown(record))


def mark_of(pointed: Sequence[Pointed]) -> str:
    """A short mark of what was pointed at, by which a button knows that its owner has seen just this."""
    return blake2b("\n".join(f"{one.kind} {one.quote}" for one in pointed).encode(), digest_size=6).hexdigest()


async def hold_back(
    ctx: Context, before: Sequence[Pointed], now: StoryRecord
) -> tuple[StoryVisibility, Sequence[Pointed]] | None:
    """Take a story back from the others where it says something new that may be confidential.

    Gives who saw it and what is new, None where nobody else sees it or nothing is new. `before` is what was pointed at
    until now.
    """
    seen_by = now.story.visibility
    if seen_by is StoryVisibility.ME:
        return None
    known = {(one.kind, one.quote) for one in before}
    new = [one for one in pointed_in(now) if (one.kind, one.quote) not in known]
    if not new:
        return None
    await show_to(ctx, now, StoryVisibility.ME)
    return seen_by, new
