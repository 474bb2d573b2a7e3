"""Thin handlers of progress: one's own, a mentee's, several people's, and the pages of the first two."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.advice import finding_names
from bot.base.errors import UserFacingError
from bot.base.ids import MemberId
from bot.base.policy import Subject, may
from bot.base.text import t
from bot.chat.cards import Card, Element
from bot.chat.events import ActionClicked, CommandInvoked
from bot.chat.pages import Page
from bot.chat.refs import ConversationRef
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.members.mentorships import mentees_of, mentors_of, shown_to
from bot.mentoring.progress_actions import ShowAsMentorSees, ShowCohort, ShowMenteesProgress, ShowProgress
from bot.mentoring.progress_cards import Wording, home_elements, progress_card, shared_card
from bot.mentoring.progress_cohort import cohort_of, counts_of
from bot.mentoring.progress_cohort_cards import cohort_card
from bot.mentoring.progress_pages import progress_page
from bot.mentoring.progress_view import OF_PROGRESS, ProgressView, own_progress, own_short, progress_for
from bot.mentoring.records import mentee_subject, names_of, person_meant
from bot.mentoring.service import looked
from bot.scoring.report import Label
from content.loader import Content

LABELS: dict[str, Label] = {"situation": "S", "task": "T", "action": "A", "result": "R"}
MOST_MENTORS = 3


async def show_own(ctx: Context, _event: CommandInvoked | ActionClicked, _options: Options | ShowProgress) -> None:
    """`progress show`."""
    ctx.reply(await _own_card(ctx))


async def own_by_button(ctx: Context, payload: ShowProgress, event: ActionClicked) -> None:
    """The same by a button."""
    await show_own(ctx, event, payload)


async def show_of(ctx: Context, _event: CommandInvoked, options: Options) -> None:
    """`progress of`: a mentee's; of oneself one's own."""
    mentee = await person_meant(ctx, str(options["mentee"]))
    ctx.reply(await _own_card(ctx) if mentee == ctx.member else await _mentees_card(ctx, mentee))


async def mentees_by_button(ctx: Context, payload: ShowMenteesProgress, _event: ActionClicked) -> None:
    """The same from a mentee's card."""
    ctx.reply(await _mentees_card(ctx, MemberId(payload.mentee)))


async def as_mentor_sees(ctx: Context, payload: ShowAsMentorSees, _event: ActionClicked) -> None:
    """The mentee looks at what a mentor sees."""
    if not await shown_to(ctx.session, MemberId(payload.mentor), ctx.member) & {*OF_PROGRESS}:
        raise UserFacingError(t("This mentor sees nothing of your progress now."))
    view = await progress_for(ctx, MemberId(payload.mentor), ctx.member)
    ctx.reply(shared_card(view, words_for(ctx), mirror=True))


async def show_cohort(ctx: Context, _event: CommandInvoked, options: Options) -> None:
    """`progress cohort`: a mentor's mentees, and counts for those who moderate."""
    await _cohort(ctx, _channel(ctx, options))


async def cohort_by_button(ctx: Context, _payload: ShowCohort, _event: ActionClicked) -> None:
    """The same by a button, over all channels."""
    await _cohort(ctx, None)


async def home(ctx: Context) -> Sequence[Element]:
    """The short form in the home."""
    moderates = may(ctx.acting, "progress.count", Subject(ctx.workspace))
    cohort = moderates or bool(await mentees_of(ctx.session, ctx.member))
    return home_elements(await own_short(ctx), cohort=cohort)


async def _cohort(ctx: Context, channel: ConversationRef | None) -> None:
    moderates = may(ctx.acting, "progress.count", Subject(ctx.workspace))
    mentors = bool(await mentees_of(ctx.session, ctx.member))
    if not mentors and not moderates:
        raise UserFacingError(
            t("You mentor nobody, so there is no group of yours to look at. Your own: progress show.")
        )
    cohort = await cohort_of(ctx, ctx.member, channel) if mentors else None
    for view in cohort.views if cohort is not None else ():
        await _write_down(ctx, view)
    counts = await counts_of(ctx, channel) if moderates else None
    ctx.reply(cohort_card(cohort, counts, words_for(ctx), moderates=moderates, here=channel is not None))


async def build_page(ctx: Context, subject: str) -> Page | None:
    """The page of one's own progress, or of the mentee whose id is the subject."""
    if subject in ("", ctx.member):
        return progress_page(await own_progress(ctx), words_for(ctx))
    mentee = MemberId(subject)
    if not await shown_to(ctx.session, ctx.member, mentee) & {*OF_PROGRESS}:
        return None
    return progress_page(await _seen(ctx, mentee), words_for(ctx))


def words_for(ctx: Context) -> Wording:
    """How progress is worded for the reader at hand."""
    return Wording(ctx.language, finding_names(ctx.content, ctx.language), goals_of(ctx.content))


def goals_of(content: Content) -> dict[Label, tuple[int, int]]:
    """The recommended share of each part in percent; that of the result holds the lesson too."""
    return {
        LABELS[part.part]: part.share_percent
        for part in content.answer_parts.values()
        if part.share_percent is not None and part.part in LABELS
    }


async def _own_card(ctx: Context) -> Card:
    ctx.require("progress.see", Subject(ctx.workspace, ctx.member))
    see_something = [
        mentor
        for mentor in sorted(await mentors_of(ctx.session, ctx.member))
        if await shown_to(ctx.session, mentor, ctx.member) & {*OF_PROGRESS}
    ][:MOST_MENTORS]
    names = await names_of(ctx.session, see_something)
    mentors = [(mentor, names[mentor]) for mentor in see_something]
    return progress_card(await own_progress(ctx), words_for(ctx), mentors)


async def _mentees_card(ctx: Context, mentee: MemberId) -> Card:
    return shared_card(await _seen(ctx, mentee), words_for(ctx))


async def _seen(ctx: Context, mentee: MemberId) -> ProgressView:
    """What the actor sees of a mentee's progress, written down for the mentee to read."""
    ctx.require("progress.see", await mentee_subject(ctx, mentee))
    view = await progress_for(ctx, ctx.member, mentee)
    await _write_down(ctx, view)
    return view


async def _write_down(ctx: Context, view: ProgressView) -> None:
    for what in OF_PROGRESS:
        if what in view.shown:
            await looked(ctx, ctx.member, view.member, what)


def _channel(ctx: Context, options: Options) -> ConversationRef | None:
    if "channel" not in options or ctx.account is None:
        return None
    return ConversationRef(ctx.account.platform, ctx.account.installation, str(options["channel"]))
