"""Progress in chat: pure functions from figures to cards. What no picture shows stands in words as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.base.ids import MemberId
from bot.base.text import Text, t, tn
from bot.chat.cards import Bullets, Button, Buttons, Card, Element, Field, Fields, Header, Paragraph, Quote, picture
from bot.feature.pages import page_button
from bot.mentoring.progress import (
    LEAST_FOR_A_MEAN,
    LevelPoint,
    Mean,
    Participation,
    Parts,
    Progress,
    Ratings,
    Returning,
    Scores,
    Stories,
)
from bot.mentoring.progress_actions import ShowAsMentorSees, ShowCohort, ShowMenteesProgress, ShowProgress
from bot.mentoring.progress_charts import PART_NAMES, parts_chart, rating_chart, short_day
from bot.mentoring.progress_view import ProgressView
from bot.mentoring.streaks import DAYS_FOR_A_FREEZE, Streak
from bot.scoring.report import Label

PROGRESS_PAGE = "progress"
COMES_BACK_SHOWN = 3
QUOTE_SHOWN = 200
SINGLE_PARTS: tuple[Label, ...] = ("S", "T", "A")
TOO_FEW = t("too few to say; it takes {count}", count=LEAST_FOR_A_MEAN)
NO_ANSWER = t("No answer has been scored yet. After the first three there is something to say.")
NONE_TO_MENTORS = t("No answer that mentors see has been scored yet. After three there is something to say.")


@dataclass(frozen=True, slots=True)
class Wording:
    """What progress is worded with: names of findings by code, and the recommended share of each part in percent."""

    language: str
    findings: Mapping[str, str]
    goals: Mapping[Label, tuple[int, int]]


def progress_card(view: ProgressView, words: Wording, mentors: Sequence[tuple[MemberId, str]] = ()) -> Card:
    """One's own progress, whole; `mentors` are those who see something of it."""
    note = t("Only you see this card.")
    if mentors:
        note = t("Only you see this card. What a mentor sees of it you can look at below.")
    buttons = [
        page_button(t("More on a page"), PROGRESS_PAGE),
        *(Button(t("As {name} sees it", name=name), ShowAsMentorSees(mentor=id_)) for id_, name in mentors),
    ]
    return Card(t("Your progress"), (*progress_elements(view.progress, words), Paragraph(note, quiet=True),
                                     Buttons(tuple(buttons))))  # fmt: skip


def shared_card(view: ProgressView, words: Wording, *, mirror: bool = False) -> Card:
    """What a mentor sees of a mentee's progress; the mentee sees the very same in the `mirror`, with a note."""
    elements = list(progress_elements(view.progress, words))
    if mirror:
        note = t("This is what {mentor} sees of your progress. Answers that you do not show to mentors are in none of "
                 "it.", mentor=view.mentor or "")  # fmt: skip
        elements = [Paragraph(note, quiet=True), *elements, Buttons((Button(t("All of it"), ShowProgress()),))]
    else:
        note = t("{name} chose to show you this, can look at it as you see it, and sees that you looked.",
                 name=view.name)  # fmt: skip
        elements += [
            Paragraph(note, quiet=True),
            Buttons((page_button(t("More on a page"), PROGRESS_PAGE, view.member),)),
        ]
    return Card(t("Progress of {name}", name=view.name), tuple(elements))


def progress_elements(progress: Progress, words: Wording) -> tuple[Element, ...]:
    """The figures that this reader sees, then charts, what comes back, and the parts."""
    elements: list[Element] = []
    if progress.answers == 0:
        elements.append(Paragraph(no_answer(progress)))
    elements.append(Fields(facts_of(progress)))
    return (*elements, *(_score_elements(progress.scores, words) if progress.scores is not None else ()))


def no_answer(progress: Progress) -> Text:
    """That there is nothing to say yet; to mentors of what they see."""
    return NONE_TO_MENTORS if progress.to_mentors else NO_ANSWER


def facts_of(progress: Progress) -> tuple[Field, ...]:
    """Every figure that this reader sees, with its name."""
    scores = progress.scores
    answers = t("Answers scored that mentors see") if progress.to_mentors else t("Answers scored")
    return (
        *((Field(answers, f"{progress.answers}"),) if progress.answers is not None else ()),
        *(_rating_facts(scores.ratings) if scores is not None else ()),
        *(_level_facts(scores.levels) if scores is not None else ()),
        *_taking_part_facts(progress.streak, progress.participation),
        *(_story_facts(progress.stories) if progress.stories is not None else ()),
    )


def home_elements(progress: Progress, *, cohort: bool) -> tuple[Element, ...]:
    """The short form in the home: how it goes of late, and the way to the rest; `cohort` for who has one to see."""
    lines: list[Text] = []
    if progress.scores is not None and (lately := _mean_text(progress.scores.ratings.lately)) is not None:
        lines.append(t("Rating of late: {rating}", rating=lately))
    if progress.streak is not None and progress.streak.days:
        lines.append(t("Streak: {streak}", streak=streak_text(progress.streak)))
    buttons = [Button(t("Your progress"), ShowProgress())]
    if cohort:
        buttons.append(Button(t("Several people"), ShowCohort()))
    said: Element = Bullets(tuple(lines)) if lines else Paragraph(t("Your progress shows after a few answers."))
    return said, Buttons(tuple(buttons))


def mentees_button(member: str) -> Button:
    """Leads a mentor to the progress of a mentee, from that mentee's card."""
    return Button(t("Progress"), ShowMenteesProgress(mentee=member))


def _rating_facts(ratings: Ratings) -> list[Field]:
    facts = []
    if ratings.without_number:
        facts.append(Field(t("Without a rating"), t("{count}: too short, or not for me to judge",
                                                    count=ratings.without_number)))  # fmt: skip
    lately, before = _mean_text(ratings.lately), _mean_text(ratings.before)
    facts.append(Field(t("Rating of late"), lately or TOO_FEW))
    if before is not None:
        facts.append(Field(t("Before that"), before))
    if ratings.gain is not None:
        sentence = tn(
            "{change} from the first telling to the last, in {count} answer",
            "{change} from the first telling to the last, on average over {count} answers",
            ratings.gain.count,
            change=f"{ratings.gain.value:+.1f}",
        )
        facts.append(Field(t("Told again"), sentence))
    return facts


def _mean_text(mean: Mean | None) -> Text | None:
    if mean is None:
        return None
    return t("{rating} of 5, the mean of {count} answers", rating=f"{mean.value:.1f}", count=mean.count)


def _level_facts(levels: Sequence[LevelPoint]) -> list[Field]:
    if not levels:
        return []
    newest = levels[-1]
    value = t("{level} in the newest answer that shows one; it could be {low} to {high}", level=newest.level,
              low=newest.low, high=newest.high)  # fmt: skip
    return [Field(t("Level"), value)]


def _taking_part_facts(streak: Streak | None, taken: Participation | None) -> list[Field]:
    facts = []
    if streak is not None:
        facts.append(Field(t("Streak"), streak_text(streak)))
    if taken is not None and taken.posted:
        facts.append(Field(t("Questions answered"), _answered_text(taken)))
    if taken is not None and taken.due:
        facts.append(Field(t("Reviews given in time"), t("{given} of {due}", given=taken.on_time, due=taken.due)))
    if taken is not None and taken.received:
        facts.append(Field(t("Reviews received"), f"{taken.received}"))
    return facts


def _answered_text(taken: Participation) -> Text:
    """Of all questions, and of the latest where these are not all."""
    all_of_them = t("{answered} of {posted}", answered=taken.answered, posted=taken.posted)
    if taken.posted_lately == taken.posted:
        return all_of_them
    return t(
        "{all_of_them}; {answered_lately} of the latest {posted_lately}",
        all_of_them=all_of_them,
        answered_lately=taken.answered_lately,
        posted_lately=taken.posted_lately,
    )


def streak_text(streak: Streak) -> Text:
    """A streak with its freezes; how one begins where there is none. In nobody's person, since mentors read it too."""
    if not streak.days:
        return t("none at the moment; it begins with the next answer")
    days = tn("{count} day", "{count} days", streak.days)
    if streak.freezes:
        return tn("{days}. A missed day would not end it.", "{days}. {count} missed days would not end it.",
                  streak.freezes, days=days)  # fmt: skip
    return t("{days}. A missed day ends it, until {week} days of practice earn one to miss.", days=days,
             week=DAYS_FOR_A_FREEZE)  # fmt: skip


def _story_facts(stories: Stories) -> list[Field]:
    if not stories.stories:
        return [Field(t("Stories"), t("none that mentors see") if stories.to_mentors else t("none yet"))]
    value = t(
        "{count}, covering {kinds} of {of_kinds} kinds and {types} of {of_types} question types",
        count=stories.stories,
        kinds=stories.kinds,
        of_kinds=stories.of_kinds,
        types=stories.question_types,
        of_types=stories.of_question_types,
    )
    return [Field(t("Stories"), value)]


def _score_elements(scores: Scores, words: Wording) -> list[Element]:
    elements: list[Element] = []
    if (chart := rating_chart(scores.ratings, words.language)) is not None:
        elements.append(picture(chart))
        if (note := other_rules(scores.ratings, words.language)) is not None:
            elements.append(Paragraph(note, quiet=True))
    elements += _coming_back(scores, words)
    elements += _parts(scores.parts, words)
    return elements


def _coming_back(scores: Scores, words: Wording) -> list[Element]:
    if scores.looked_at < LEAST_FOR_A_MEAN:
        return []
    elements: list[Element] = [Header(t("What comes back"))]
    if not scores.returning:
        return [*elements, Paragraph(t("Nothing in the latest {count} answers.", count=scores.looked_at))]
    for each in scores.returning[:COMES_BACK_SHOWN]:
        elements.append(Paragraph(returning_text(each, words)))
        if each.quote is not None:
            elements.append(Quote(each.quote if len(each.quote) <= QUOTE_SHOWN else f"{each.quote[:QUOTE_SHOWN]}…"))
    return elements


def other_rules(ratings: Ratings, language: str) -> Text | None:
    """Says from when on other rules made the ratings, where they changed among those shown."""
    if not ratings.breaks:
        return None
    return t(
        "From {day} on other rules made the ratings. What lies on either side is not compared, and “of late” speaks "
        "of the newer side alone.",
        day=short_day(ratings.points[ratings.breaks[-1]].last.on, language),
    )


def returning_text(each: Returning, words: Wording) -> Text:
    """A finding that comes back, in a sentence."""
    return t(
        "{finding}: in {times} of the latest {count} answers, last on {day}.",
        finding=words.findings.get(each.code, each.code),
        times=each.times,
        count=each.of,
        day=short_day(each.on, words.language),
    )


def _parts(parts: Parts, words: Wording) -> list[Element]:
    if parts.count < LEAST_FOR_A_MEAN:
        return []
    elements: list[Element] = [Header(t("How the answers are divided"))]
    chart = parts_chart(parts, words.language)
    if chart is not None:
        elements.append(picture(chart))
    return [*elements, Bullets(part_lines(parts, words))]


def part_lines(parts: Parts, words: Wording) -> tuple[Text, ...]:
    """The mean share of each part beside the recommended one. The lesson counts to the result, as recommended."""
    lines = [_part(PART_NAMES[part], parts.shares[part], words.goals.get(part)) for part in SINGLE_PARTS]
    both = parts.shares["R"] + parts.shares["L"]
    lines.append(_part(t("Result with what was learned"), both, words.goals.get("R")))
    lines.append(t("Of that, learning: {share} %", share=round(parts.shares["L"])))
    return tuple(lines)


def _part(name: Text, share: float, goal: tuple[int, int] | None) -> Text:
    if goal is None:
        return t("{part}: {share} %", part=name, share=round(share))
    low, high = goal
    return t("{part}: {share} %, recommended {low} to {high} %", part=name, share=round(share), low=low, high=high)
