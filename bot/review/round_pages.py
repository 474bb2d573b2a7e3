"""A round as a page: where it stands, how its answers were rated as a whole, and the reader's own part in figures.

Nothing that anybody wrote is on it, and no figure of anybody else: means are over answers of at least `LEAST_ANSWERS`
people, without those whose reviews lie far apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from sqlalchemy import func, select

from bot.base.policy import Subject
from bot.base.text import Text, t, tn
from bot.chat.cards import Fields, Paragraph
from bot.chat.charts import Chart, Series
from bot.chat.pages import Page, PageElement, Section, Table
from bot.feature.context import Context
from bot.review.results import FULL, read_result
from bot.review.round_cards import Standing, standing_fields
from bot.review.rounds import GIVEN, entries_of, programme_of
from bot.review.rubric import criteria_of
from bot.review.standing import standing_of
from storage.tables.review import Entry, EntryState, Review, Round, RoundState

LEAST_ANSWERS = 4
"""Answers, each by another person, from which on means are shown: over fewer they would point at somebody."""


@dataclass(frozen=True, slots=True)
class CriterionMean:
    """What all counted answers of a round come to by one criterion, from 1 to 5."""

    name: str
    mean: float


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """One's own answer in a round: its label, its question, the mean of its reviews, and how many they are."""

    label: str
    question: str
    mean: float | None
    reviews: int


@dataclass(frozen=True, slots=True)
class RoundSummary:
    """What the page is made from. `means` is empty where too few answers can be counted."""

    standing: Standing
    means: tuple[CriterionMean, ...]
    counted: int
    own: tuple[OwnEntry, ...]
    written: int
    """Reviews that the reader wrote in this round."""


async def build_round(ctx: Context, subject: str) -> Page | None:
    """The page of the round with this id."""
    ctx.require("round.see", Subject(ctx.workspace))
    round = await ctx.session.get(Round, subject)
    return None if round is None else round_page(await _summary(ctx, round))


def round_page(summary: RoundSummary) -> Page:
    """Counts for everybody, figures of one's own for the reader."""
    standing = summary.standing
    sections = [Section(t("Where it stands"), (Fields(standing_fields(standing)),))]
    if standing.state is RoundState.CLOSED:
        sections.append(Section(t("How the answers were rated"), _rated(summary)))
    sections.append(Section(t("Your part"), _own(summary)))
    lead = t("What a round comes to, in figures. What reviewers wrote is with the authors alone.")
    return Page(t('Round {number} of "{name}"', number=standing.number, name=standing.name), tuple(sections), lead)


def _rated(summary: RoundSummary) -> tuple[PageElement, ...]:
    if not summary.means:
        few = t("Too few answers were reviewed twice; it takes {count} to show means that point at nobody.",
                count=LEAST_ANSWERS)  # fmt: skip
        return (Paragraph(few),)
    said = ", ".join(f"{each.name} {each.mean:.1f}" for each in summary.means)
    chart = Chart(
        "bars",
        t("Mean of each criterion, from 1 to 5"),
        t("Means from 1 to 5: {means}.", means=said),
        tuple(each.name for each in summary.means),
        (Series(t("Mean"), tuple(each.mean for each in summary.means)),),
        highest=5.0,
    )
    over = tn("Over {count} answer.", "Over {count} answers with two reviews or more.", summary.counted)
    return chart, Paragraph(over, quiet=True)


def _own(summary: RoundSummary) -> tuple[PageElement, ...]:
    written = tn("You wrote {count} review.", "You wrote {count} reviews.", summary.written)
    if not summary.own:
        return Paragraph(t("You had no answer in this round.")), Paragraph(written)
    rows = tuple((each.label, each.question, _mean(each), f"{each.reviews}") for each in summary.own)
    columns = (t("Answer"), t("Question"), t("Mean"), t("Reviews"))
    return Table(t("Your answers"), columns, rows), Paragraph(written)


def _mean(own: OwnEntry) -> Text | str:
    return t("none yet") if own.mean is None else t("{mean} of 5", mean=f"{own.mean:.1f}")


async def _summary(ctx: Context, round: Round) -> RoundSummary:
    entries = await entries_of(ctx.session, round)
    standing = await standing_of(ctx, await programme_of(ctx.session, round), round, alone=True)
    counted = countable(entries) if round.state is RoundState.CLOSED else []
    closed = round.state is RoundState.CLOSED
    own = [each for each in entries if each.author_id == ctx.member and each.label is not None]
    written = await ctx.session.scalar(
        select(func.count(Review.id))
        .join(Entry, Entry.id == Review.entry_id)
        .where(Entry.round_id == round.id, Review.reviewer_id == ctx.member, Review.state.in_(GIVEN))
    )
    names = {each.id: each.name.in_language(ctx.language) for each in criteria_of(round, ctx.content)}
    return RoundSummary(
        standing,
        means_of(counted, names),
        len(counted),
        tuple(_own_entry(each, closed=closed) for each in own if each.state is not EntryState.WITHDRAWN),
        written or 0,
    )


def countable(entries: Sequence[Entry]) -> list[Entry]:
    """Answers whose result may count in a mean: summed up, with two reviews or more, and these not far apart."""
    found = []
    for entry in entries:
        result = read_result(entry) if entry.state is EntryState.SUMMARISED else None
        if result is not None and result.reviews >= FULL and not result.apart:
            found.append(entry)
    return found


def means_of(entries: Sequence[Entry], names: dict[str, str]) -> tuple[CriterionMean, ...]:
    """The mean of each criterion; none where the answers it was found for are of fewer than `LEAST_ANSWERS` people."""
    if len({entry.author_id for entry in entries}) < LEAST_ANSWERS:
        return ()
    results = [(entry.author_id, result) for entry in entries if (result := read_result(entry)) is not None]
    means = []
    for id_, name in names.items():
        values = [(author, result.means[id_]) for author, result in results if id_ in result.means]
        if len({author for author, _ in values}) >= LEAST_ANSWERS:
            means.append(CriterionMean(name, fmean(value for _, value in values)))
    return tuple(means)


def _own_entry(entry: Entry, *, closed: bool) -> OwnEntry:
    result = read_result(entry) if closed and entry.state is EntryState.SUMMARISED else None
    mean, reviews = (result.mean, result.reviews) if result is not None else (None, 0)
    return OwnEntry(entry.label or "", entry.question, mean, reviews)
