"""Thin handlers of what stories cover."""

from __future__ import annotations

from bot.answers.own_texts import text_form
from bot.base.errors import UserFacingError
from bot.base.ids import MemberId
from bot.base.text import t
from bot.chat.events import ActionClicked
from bot.chat.forms import Form
from bot.feature.context import Context
from bot.stories import actions, service
from bot.stories.coverage import CoveredStory, cover, telling_of
from bot.stories.coverage_cards import coverage_card, whole_coverage_card
from bot.stories.parts import Draft
from bot.stories.records import StoryRecord, stories_of, wholes


async def show_coverage(ctx: Context, _event: object, _given: object = None) -> None:
    """What one's own stories cover."""
    stories = await covered_stories(ctx, ctx.member)
    ctx.reply(coverage_card(cover(stories, ctx.content), ctx.content))


async def show_whole_coverage(ctx: Context, _payload: actions.ShowWholeCoverage, _event: ActionClicked) -> None:
    """The same with everything that is missing."""
    stories = await covered_stories(ctx, ctx.member)
    ctx.reply(whole_coverage_card(cover(stories, ctx.content), ctx.content, stories))


async def answer_suggested(ctx: Context, payload: actions.AnswerSuggested) -> Form:
    """A question that would fill a gap, to be answered by oneself; its feedback can be saved as a story."""
    question = ctx.content.questions.get(payload.question)
    if question is None:
        raise UserFacingError(t("This question is not there any more. Look at what your stories cover once more."))
    return text_form(question=question.text.in_language(ctx.language))


async def covered_stories(ctx: Context, member: MemberId) -> list[CoveredStory]:
    """A member's stories as coverage reads them, the newest first."""
    return [_covered(ctx, one) for one in await wholes(ctx.session, await stories_of(ctx.session, member))]


def _covered(ctx: Context, record: StoryRecord) -> CoveredStory:
    story = record.story
    report = service.report_on(Draft(record.version.title, record.parts), ctx.rules)
    telling = telling_of(record.text, report, story.created_at.date(), ctx.now.date(), story.question_types)
    return CoveredStory(
        story.id, record.version.title, tuple(story.archetypes), tuple(story.principles), tuple(story.question_types),
        record.version.level, len(record.told), telling,
    )  # fmt: skip
