"""Naming one of one's own stories in a command: completed as one types, or by words of its title."""

from __future__ import annotations

from collections.abc import Sequence

from bot.base.errors import UserFacingError
from bot.base.ids import made_at
from bot.base.text import t
from bot.chat.cards import Choice
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.stories.records import stories_of

CHOSEN = "story:"
"""Begins the value of a completion: the story itself was chosen, and no words."""
LONGEST_LABEL = 90


async def complete_own(ctx: Context, typed: str) -> Sequence[Choice]:
    """One's own stories whose title holds what is typed."""
    wanted = typed.lower().strip()
    own = await stories_of(ctx.session, ctx.member)
    return [
        Choice(f"{CHOSEN}{one.story.id}", one.version.title[:LONGEST_LABEL])
        for one in own
        if wanted in one.version.title.lower()
    ][:25]


async def chosen(ctx: Context, options: Options) -> str:
    """The id of the story that was chosen for an option, or whose title alone has the words that were typed."""
    value = str(options.get("story", "")).removeprefix(CHOSEN).strip()
    if made_at(value) is not None:
        return value
    found = await complete_own(ctx, value) if value else ()
    if len(found) == 1:
        return found[0].value.removeprefix(CHOSEN)
    raise UserFacingError(t("Choose the story from the list that opens as you type, or open it from your stories."))
