"""The form of a programme, and how what was entered in it is read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import time, timedelta
from typing import cast

from bot.base.errors import UserFacingError
from bot.base.text import Text, t
from bot.chat.cards import Choice, Words
from bot.chat.events import FormSubmitted
from bot.chat.forms import ChoiceInput, Form, Input, TextInput
from bot.chat.values import choice_of, choices_of, text_of
from bot.members.preferences import read_clock_time
from bot.outbox.nextrun import WORKING_DAYS, WallClockRule
from bot.outbox.zones import zone_named
from bot.questions.actions import SaveProgramme
from bot.questions.choosing import Wishes
from bot.questions.programmes import LONGEST_NAME, Plan
from bot.questions.times import WEEKDAYS
from content.loader import Content
from content.schema import LEVELS, LevelName, QuestionKind

MIXES: Mapping[str, tuple[Text, Mapping[QuestionKind, int]]] = {
    "behavioral": (t("Behavioral only"), {"behavioral": 100}),
    "mostly": (t("Three behavioral to one situational"), {"behavioral": 75, "situational": 25}),
    "half": (t("Half and half"), {"behavioral": 50, "situational": 50}),
    "situational": (t("Situational only"), {"situational": 100}),
}
LATE: Mapping[str, Words] = {
    "600": t("Leave it out after 10 minutes"),
    "3600": t("Leave it out after 1 hour"),
    "14400": t("Leave it out after 4 hours"),
    "43200": t("Leave it out after 12 hours"),
}
NEVER = "never"
CLOSES: Mapping[str, Words] = {
    NEVER: t("Always"),
    "86400": t("For a day"),
    "259200": t("For 3 days"),
    "604800": t("For a week"),
}
QUIET: Mapping[str, Words] = {"60": t("1 minute"), "180": t("3 minutes"), "600": t("10 minutes")}


def first_plan(zone: str) -> Plan:
    """What the form of a new programme proposes to an admin in `zone`."""
    return Plan(
        name="Daily question",
        rule=WallClockRule(zone=zone, local_time=time(9, 30), weekdays=WORKING_DAYS),
        wishes=Wishes(kind_mix=MIXES["mostly"][1]),
    )


def programme_form(action: SaveProgramme, plan: Plan, content: Content, language: str) -> Form:
    """The form of a programme, filled with `plan`. What no choice stands for is shown empty, and stays as it is."""
    return Form(
        action=action,
        title=t("Daily questions"),
        submit=t("Save"),
        inputs=(*_when(plan), *_what(plan, content, language), *_how(plan)),
    )


def _when(plan: Plan) -> tuple[Input, ...]:
    rule = plan.rule
    days = tuple(Choice(str(number), day) for number, day in enumerate(WEEKDAYS))
    chosen = tuple(str(day) for day in sorted(rule.weekdays))
    at = rule.local_time.isoformat("minutes")
    return (
        TextInput("name", t("Name"), longest=LONGEST_NAME, value=plan.name),
        TextInput("time", t("Time of day"), t("Such as 09:30"), longest=5, value=at),
        TextInput("zone", t("Time zone"), t("Such as Europe/Berlin"), longest=60, value=rule.zone),
        ChoiceInput("weekdays", t("Days of the week"), days, several=True, value=chosen),
        TextInput(
            "holidays",
            t("Leave out the public holidays of"),
            t("A country code such as DE, or DE-BY for a part of one; empty for none"),
            required=False,
            longest=10,
            value=rule.holidays or "",
        ),
    )


def _what(plan: Plan, content: Content, language: str) -> tuple[Input, ...]:
    wishes = plan.wishes
    levels: Mapping[str, Words] = {level: level for level in LEVELS}
    themes = {id_: theme.name.in_language(language) for id_, theme in content.themes.items()}
    stories = {id_: archetype.name.in_language(language) for id_, archetype in content.archetypes.items()}
    companies = {id_: company.name for id_, company in content.companies.items()}
    mixes = {key: label for key, (label, _) in MIXES.items()}
    return (
        _one_of("mix", t("Kinds of questions"), mixes, _mix_of(wishes.kind_mix)),
        _one_of("lowest", t("Lowest level"), levels, wishes.levels[0]),
        _one_of("highest", t("Highest level"), levels, wishes.levels[1]),
        _any_of("themes", t("Only these themes"), themes, wishes.themes),
        _any_of("archetypes", t("Only these kinds of story"), stories, wishes.archetypes),
        _any_of("companies", t("Only for these companies"), companies, wishes.companies),
    )


def _how(plan: Plan) -> tuple[Input, ...]:
    closes = NEVER if plan.closes_after is None else _seconds_text(plan.closes_after)
    return (
        _one_of("closes", t("A question takes answers"), CLOSES, closes),
        _one_of("late", t("If Starling was not running in time"), LATE, _seconds_text(plan.late)),
        _one_of("quiet", t("An answer is complete after a silence of"), QUIET, _seconds_text(plan.quiet)),
    )


def read_plan(event: FormSubmitted, earlier: Plan) -> Plan:
    """The plan that was entered; `UserFacingError` for what cannot be.

    A choice left empty, as for a value that the form does not offer, stays as it is in `earlier`.
    """
    rule = WallClockRule(
        zone=_text(event, "zone"),
        local_time=read_clock_time(_text(event, "time")),
        weekdays=frozenset(int(day) for day in choices_of(event.values, "weekdays")),
        holidays=_text(event, "holidays").upper() or None,
    )
    mix = choice_of(event.values, "mix")
    wishes = Wishes(
        kind_mix=earlier.wishes.kind_mix if mix is None else MIXES[mix][1],
        levels=_levels(event),
        themes=frozenset(choices_of(event.values, "themes")),
        archetypes=frozenset(choices_of(event.values, "archetypes")),
        companies=frozenset(choices_of(event.values, "companies")),
    )
    late, quiet, closes = (choice_of(event.values, name) for name in ("late", "quiet", "closes"))
    return Plan(
        name=_text(event, "name"),
        rule=rule,
        wishes=wishes,
        late=earlier.late if late is None else timedelta(seconds=int(late)),
        quiet=earlier.quiet if quiet is None else timedelta(seconds=int(quiet)),
        closes_after=_closes_after(closes, earlier),
    )


def check_programme(_payload: SaveProgramme, event: FormSubmitted) -> Mapping[str, Text]:
    """What is wrong with an entered programme, by input."""
    weekdays = frozenset(int(day) for day in choices_of(event.values, "weekdays"))
    holidays = _text(event, "holidays").upper() or None
    readers: Mapping[str, Callable[[], object]] = {
        "time": lambda: read_clock_time(_text(event, "time")),
        "zone": lambda: zone_named(_text(event, "zone")),
        "weekdays": WallClockRule("UTC", time(), weekdays).check,
        "holidays": WallClockRule("UTC", time(), holidays=holidays).check,
    }
    problems: dict[str, Text] = {}
    for name, reader in readers.items():
        try:
            reader()
        except UserFacingError as problem:
            problems[name] = problem.text
    lowest, highest = _levels(event)
    if lowest > highest:
        problems["highest"] = t("The lowest level is above the highest. Swap them.")
    return problems


def _levels(event: FormSubmitted) -> tuple[LevelName, LevelName]:
    lowest = choice_of(event.values, "lowest") or LEVELS[0]
    highest = choice_of(event.values, "highest") or LEVELS[-1]
    return cast(LevelName, lowest), cast(LevelName, highest)


def _text(event: FormSubmitted, name: str) -> str:
    return text_of(event.values, name).strip()


def _closes_after(chosen: str | None, earlier: Plan) -> timedelta | None:
    if chosen is None:
        return earlier.closes_after
    return None if chosen == NEVER else timedelta(seconds=int(chosen))


def _seconds_text(length: timedelta) -> str:
    return str(int(length.total_seconds()))


def _mix_of(kind_mix: Mapping[QuestionKind, int]) -> str:
    return next((key for key, (_, mix) in MIXES.items() if dict(mix) == dict(kind_mix)), "")


def _one_of(name: str, label: Text, choices: Mapping[str, Words], value: str) -> ChoiceInput:
    options = tuple(Choice(key, words) for key, words in choices.items())
    return ChoiceInput(name, label, options, required=False, value=(value,) if value in choices else ())


def _any_of(name: str, label: Text, names: Mapping[str, str], value: Collection[str]) -> ChoiceInput:
    choices = tuple(Choice(id_, text) for id_, text in sorted(names.items(), key=lambda item: item[1]))
    known = tuple(sorted(id_ for id_ in value if id_ in names))
    hint = t("Nothing chosen means all of them")
    return ChoiceInput(name, label, choices, hint, required=False, several=True, value=known)
