"""Finding a story: by command, as one types, and what is shown where nothing fits."""

from __future__ import annotations

from collections.abc import Sequence

from bot.base.errors import UserFacingError
from bot.base.policy import may
from bot.base.text import t
from bot.chat.cards import Choice
from bot.chat.events import CommandInvoked
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.members.mentorships import mentees_of
from bot.stories import cards
from bot.stories.cards import HitView
from bot.stories.choosing import CHOSEN, LONGEST_LABEL
from bot.stories.lookup import LEAST_SCORE, ByMeaning, Found, look_up, shelves_for
from bot.stories.parts import clean
from bot.stories.records import StoryRecord, newest_of, stories_of, story_for, subject_of, tell_of_mentors, whole
from bot.stories.service import finder_for, meaning
from content.schema import Archetype, Question
from storage.tables.people import Member

MOST_COMPLETED = 10
LONGEST_QUERY = 300
BESIDE_BEST = 0.4
"""What a story needs at least to be shown beside the best one."""


async def find(ctx: Context, _event: CommandInvoked, options: Options) -> None:
    """`story find`: the stories that fit the words, or the story that was chosen among the completions."""
    asked = str(options.get("query", ""))
    if asked.startswith(CHOSEN):
        record = await story_for(ctx, asked.removeprefix(CHOSEN), "story.see")
        ctx.reply(cards.story_card(record, ctx.content, own=is_own(ctx, record), owner=await owner_of(ctx, record)))
        return
    query = " ".join(clean(asked).split())[:LONGEST_QUERY]
    if not any(character.isalnum() for character in query):
        raise UserFacingError(t("There are no words in this to look for. Try what happened, or a question."))
    model = ctx.once(meaning)
    by = ByMeaning(model, ctx.member) if model is not None else None
    found = await look_up(ctx.session, finder_for(ctx), await _shelves(ctx), query, by=by)
    records = await _visible(ctx, found)
    if not records:
        archetype, question = _nearest(ctx, query)
        ctx.reply(cards.nothing_card(query, archetype, question))
        return
    await tell_of_mentors(ctx, records[: cards.SHOWN])
    hits = [HitView(record, await owner_of(ctx, record)) for record in records[: cards.SHOWN]]
    ctx.reply(cards.hits_card(query, hits, found.read_as, guessed=found.guessed))


async def complete(ctx: Context, typed: str) -> Sequence[Choice]:
    """The stories that fit what is typed so far; one's newest where nothing is typed yet.

    A mentor reads the titles of a mentee's stories here too, so that is told of like any other look.
    """
    query = " ".join(clean(typed).split())[:LONGEST_QUERY]
    if not any(character.isalnum() for character in query):
        records = (await stories_of(ctx.session, ctx.member))[:MOST_COMPLETED]
    else:
        found = await look_up(ctx.session, finder_for(ctx), await _shelves(ctx), query, typing=True)
        records = (await _visible(ctx, found))[:MOST_COMPLETED]
        await tell_of_mentors(ctx, records)
    return [Choice(f"{CHOSEN}{record.story.id}", record.version.title[:LONGEST_LABEL]) for record in records]


def is_own(ctx: Context, record: StoryRecord) -> bool:
    """Whether a story is the actor's own."""
    return record.story.member_id == ctx.member


async def owner_of(ctx: Context, record: StoryRecord) -> str:
    """The owner's name where the story is not the actor's own, else empty."""
    if is_own(ctx, record):
        return ""
    member = await ctx.session.get(Member, record.story.member_id)
    return member.display_name if member else ""


async def _shelves(ctx: Context) -> tuple[str, ...]:
    """Where the actor may look: their own stories, the team's, and what mentees show them."""
    return shelves_for(ctx.member, sorted(await mentees_of(ctx.session, ctx.member, "stories")))


async def _visible(ctx: Context, found: Found) -> list[StoryRecord]:
    """What fits well enough and may be seen: the policy is asked of every story once more."""
    best = found.hits[0].score if found.hits else 0.0
    least = 0.0 if found.guessed else max(LEAST_SCORE, BESIDE_BEST * best)
    fitting = [hit.story for hit in found.hits if hit.score >= least]
    records = await newest_of(ctx.session, fitting[:MOST_COMPLETED])
    seen = [one for one in records if may(ctx.acting, "story.see", await subject_of(ctx.session, one.story))]
    return [await whole(ctx.session, one) for one in seen]


def _nearest(ctx: Context, query: str) -> tuple[Archetype | None, Question | None]:
    found = finder_for(ctx).archetype_of(query)
    if found is None:
        return None, None
    asked = ctx.content.questions_where(kinds=("behavioral",), archetypes=(found,))
    first = sorted(asked, key=lambda question: (question.archetypes.index(found), question.id))
    return ctx.content.archetypes[found], first[0] if first else None
