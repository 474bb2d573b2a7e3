"""Several people's progress in chat: lines for a mentor, counts for moderators."""

from __future__ import annotations

from collections.abc import Sequence

from bot.base.text import Text, t, tn
from bot.chat.cards import Bullets, Card, Element, Field, Fields, Header, Paragraph, picture
from bot.chat.charts import Chart, Series
from bot.mentoring.progress import LEAST_FOR_A_MEAN, Scores
from bot.mentoring.progress_cards import Wording
from bot.mentoring.progress_charts import short_day
from bot.mentoring.progress_cohort import LEAST_PEOPLE, WEEKS, Cohort, Counts, Week
from bot.mentoring.progress_view import ProgressView


def cohort_card(
    cohort: Cohort | None, counts: Counts | None, words: Wording, *, moderates: bool, here: bool = False
) -> Card:
    """For a mentor a line for each mentee (`cohort`), for a moderator counts; for who is both, both."""
    elements: list[Element] = []
    if cohort is not None:
        elements += _mentees(cohort, words)
    if moderates:
        elements += _counts(counts, words)
    title = t("Progress in one channel") if here else t("Progress of several people")
    return Card(title, tuple(elements))


def _mentees(cohort: Cohort, words: Wording) -> list[Element]:
    elements: list[Element] = [Header(t("Your mentees"))]
    for view in cohort.views:
        elements += [Paragraph(view.name), Bullets(mentee_lines(view, words))]
    if cohort.silent:
        sentence = tn(
            "{count} mentee shows you nothing of their progress.",
            "{count} mentees show you nothing of their progress.",
            cohort.silent,
        )
        elements.append(Paragraph(sentence, quiet=True))
    if cohort.more:
        sentence = tn(
            "{count} more is not listed; look at them with “progress of”.",
            "{count} more are not listed; look at each with “progress of”.",
            cohort.more,
        )
        elements.append(Paragraph(sentence, quiet=True))
    if cohort.views:
        elements.append(Paragraph(t("Each of them sees in their log that you looked."), quiet=True))
    elif not cohort.silent:
        elements.append(Paragraph(t("You mentor nobody here.")))
    return elements


def mentee_lines(view: ProgressView, words: Wording) -> tuple[Text, ...]:
    """What one mentee shows, in few lines."""
    progress = view.progress
    lines = [*_score_lines(progress.scores, words)] if progress.scores is not None else []
    taken = progress.participation
    if taken is not None and taken.posted_lately:
        lines.append(
            tn(
                "Answered {answered} of the latest {count} question",
                "Answered {answered} of the latest {count} questions",
                taken.posted_lately,
                answered=taken.answered_lately,
            )
        )
    if progress.streak is not None and progress.streak.days:
        lines.append(tn("Streak of {count} day", "Streak of {count} days", progress.streak.days))
    stories = progress.stories
    if stories is not None and not stories.stories:
        lines.append(t("No story that mentors see"))
    elif stories is not None:
        lines.append(
            tn(
                "{count} story, covering {kinds} of {of_kinds} kinds",
                "{count} stories, covering {kinds} of {of_kinds} kinds",
                stories.stories,
                kinds=stories.kinds,
                of_kinds=stories.of_kinds,
            )
        )
    return tuple(lines) or (t("Nothing to count yet"),)


def _score_lines(scores: Scores, words: Wording) -> list[Text]:
    lately, before = scores.ratings.lately, scores.ratings.before
    if lately is None:
        lines = [t("Too few ratings to say anything; it takes {count}", count=LEAST_FOR_A_MEAN)]
    elif before is None:
        lines = [t("{rating} of 5 of late ({count} answers)", rating=f"{lately.value:.1f}", count=lately.count)]
    else:
        lines = [
            t("{rating} of 5 of late ({count} answers), {before} before that", rating=f"{lately.value:.1f}",
              count=lately.count, before=f"{before.value:.1f}")
        ]  # fmt: skip
    for each in scores.returning[:1]:
        name = words.findings.get(each.code, each.code)
        lines.append(t("Comes back: {finding}, in {times} of {count}", finding=name, times=each.times, count=each.of))
    return lines


def _counts(counts: Counts | None, words: Wording) -> list[Element]:
    elements: list[Element] = [Header(t("Taking part, in the last {count} weeks", count=WEEKS))]
    if counts is None:
        few = t("Fewer than {count} people answered. Counts of so few would point at them.", count=LEAST_PEOPLE)
        return [*elements, Paragraph(few)]
    facts = [
        Field(t("People who answered"), f"{counts.people}"),
        Field(t("Answers"), f"{counts.answers}"),
        Field(t("Questions posted"), f"{counts.posted}"),
    ]
    if counts.due:
        facts.append(Field(t("Reviews given in time"), t("{given} of {due}", given=counts.on_time, due=counts.due)))
    elements += [Fields(tuple(facts)), picture(weeks_chart(counts.weeks, words.language))]
    note = t("Private answers are not counted, and ratings are not here: they belong to whoever wrote the answers.")
    return [*elements, Paragraph(note, quiet=True)]


def weeks_chart(weeks: Sequence[Week], language: str) -> Chart:
    """Answers and people week by week."""
    said = ", ".join(f"{each.answers}" for each in weeks)
    return Chart(
        "bars",
        t("Answers week by week"),
        t("Answers in each of the last {count} weeks, oldest first: {answers}.", count=len(weeks), answers=said),
        tuple(short_day(each.begins, language) for each in weeks),
        (
            Series(t("Answers"), tuple(float(each.answers) for each in weeks)),
            Series(t("People"), tuple(float(each.people) for each in weeks)),
        ),
    )
