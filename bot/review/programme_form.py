"""The form of a programme of rounds, and how what was entered in it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time

from bot.base.errors import UserFacingError
from bot.base.text import Text, t
from bot.chat.cards import Choice, Words
from bot.chat.events import FormSubmitted
from bot.chat.forms import ChoiceInput, Form, Input, TextInput
from bot.chat.values import choice_of, choices_of, text_of
from bot.members.preferences import read_clock_time
from bot.outbox.nextrun import WallClockRule
from bot.outbox.zones import zone_named
from bot.questions.times import WEEKDAYS
from bot.review.actions import SaveRoundProgramme
from bot.review.programmes import DAYS_OF, DEFAULT_DAY, DEFAULT_TIME, LONGEST_NAME, MOST_AFTER_ANSWERS, Plan
from storage.tables.review import Cadence

CADENCES: Mapping[str, Text] = {
    Cadence.WEEKLY.value: t("Every week"),
    Cadence.FORTNIGHTLY.value: t("Every two weeks"),
    Cadence.AFTER_ANSWERS.value: t("When so many answers have come in"),
}
REVIEWS: Mapping[str, Words] = {str(number): str(number) for number in range(1, 6)}
GRACE: Mapping[str, Words] = {
    "0": t("None"),
    "6": t("6 hours"),
    "12": t("12 hours"),
    "24": t("24 hours"),
}
OPEN: Mapping[str, Text] = {"no": t("Those who answered"), "yes": t("Those who answered, and volunteers")}


def first_plan(zone: str) -> Plan:
    """What the form of new rounds proposes to an admin in `zone`."""
    rule = WallClockRule(zone, DEFAULT_TIME, frozenset({DEFAULT_DAY}))
    return Plan(name="Peer reviews", cadence=Cadence.WEEKLY, rule=rule)


def programme_form(action: SaveRoundProgramme, plan: Plan) -> Form:
    """The form of a programme of rounds, filled with `plan`."""
    return Form(action, t("Peer-review rounds"), (*_when(plan), *_how(plan)), t("Save"))


def _when(plan: Plan) -> tuple[Input, ...]:
    days = tuple(Choice(str(number), day) for number, day in enumerate(WEEKDAYS))
    day = str(min(plan.rule.weekdays))
    hint = t("Where the calendar decides: on this day and at this time answers are handed out")
    counted = t("Only where the number of answers decides, from 2 to {most}", most=MOST_AFTER_ANSWERS)
    at = plan.rule.local_time.isoformat("minutes")
    return (
        TextInput("name", t("Name"), longest=LONGEST_NAME, value=plan.name),
        _one_of("cadence", t("Answers are handed out"), CADENCES, plan.cadence.value),
        ChoiceInput("weekday", t("Day of the week"), days, hint, value=(day,)),
        TextInput("time", t("Time of day"), t("Such as 09:30"), longest=5, value=at),
        TextInput("zone", t("Time zone"), t("Such as Europe/Berlin"), longest=60, value=plan.rule.zone),
        TextInput("after", t("Number of answers"), counted, required=False, longest=2, value=str(plan.after_answers)),
        TextInput(
            "holidays",
            t("Leave out the public holidays of"),
            t("A country code such as DE, or DE-BY for a part of one; empty for none"),
            required=False,
            longest=10,
            value=plan.rule.holidays or "",
        ),
    )


def _how(plan: Plan) -> tuple[Input, ...]:
    days = t("Local days, holidays aside; fewer than from one round to the next")
    return (
        TextInput("days", t("Days for reviewing"), days, longest=2, value=str(plan.review_days)),
        _one_of("reviews", t("Reviews of each answer, where there are enough people"), REVIEWS,
                str(plan.reviews_wanted)),
        _one_of("grace", t("Reviews still count so long after the end"), GRACE, str(plan.grace_hours)),
        _one_of("open", t("Who reviews"), OPEN, "yes" if plan.open_reviewers else "no"),
    )  # fmt: skip


def _one_of(name: str, label: Text, choices: Mapping[str, Words], value: str) -> ChoiceInput:
    options = tuple(Choice(key, words) for key, words in choices.items())
    return ChoiceInput(name, label, options, required=False, value=(value,) if value in choices else ())


def read_plan(event: FormSubmitted, earlier: Plan) -> Plan:
    """The plan that was entered; `UserFacingError` for what cannot be. A choice left empty stays as it was."""
    weekdays = frozenset(int(day) for day in choices_of(event.values, "weekday")) or earlier.rule.weekdays
    chosen = {name: choice_of(event.values, name) for name in ("cadence", "reviews", "grace", "open")}
    rule = WallClockRule(
        zone=_text(event, "zone"),
        local_time=read_clock_time(_text(event, "time")),
        weekdays=weekdays,
        holidays=_text(event, "holidays").upper() or None,
    )
    return Plan(
        name=_text(event, "name"),
        cadence=Cadence(chosen["cadence"]) if chosen["cadence"] else earlier.cadence,
        rule=rule,
        after_answers=_number(event, "after", earlier.after_answers),
        review_days=_number(event, "days", earlier.review_days),
        grace_hours=int(chosen["grace"]) if chosen["grace"] else earlier.grace_hours,
        reviews_wanted=int(chosen["reviews"]) if chosen["reviews"] else earlier.reviews_wanted,
        open_reviewers=chosen["open"] == "yes" if chosen["open"] else earlier.open_reviewers,
    )


def check_programme(_payload: SaveRoundProgramme, event: FormSubmitted) -> Mapping[str, Text]:
    """What is wrong with entered rounds, by input."""
    holidays = _text(event, "holidays").upper() or None
    readers: Mapping[str, Callable[[], object]] = {
        "time": lambda: read_clock_time(_text(event, "time")),
        "zone": lambda: zone_named(_text(event, "zone")),
        "holidays": WallClockRule("UTC", time(), holidays=holidays).check,
        "after": lambda: _number(event, "after", 8),
        "days": lambda: _days_fit(event),
    }
    problems: dict[str, Text] = {}
    for name, reader in readers.items():
        try:
            reader()
        except UserFacingError as problem:
            problems[name] = problem.text
    return problems


def _days_fit(event: FormSubmitted) -> None:
    cadence = Cadence(choice_of(event.values, "cadence") or Cadence.WEEKLY)
    longest = DAYS_OF[cadence] - 1
    if not 1 <= _number(event, "days", 4) <= longest:
        raise UserFacingError(
            t("Give reviewers 1 to {most} days, so that a round ends before the next begins.", most=longest)
        )


def _number(event: FormSubmitted, name: str, otherwise: int) -> int:
    entered = _text(event, name)
    if not entered:
        return otherwise
    if not entered.isascii() or not entered.isdigit():
        raise UserFacingError(t("Write a whole number here."))
    return int(entered)


def _text(event: FormSubmitted, name: str) -> str:
    return text_of(event.values, name).strip()
