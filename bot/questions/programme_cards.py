"""Cards about programmes: the list, what was done to one, and what an admin is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.base.text import Text, t
from bot.chat.cards import Bullets, Button, Buttons, Card, Element, Field, Fields, Header, Paragraph
from bot.questions.actions import (
    ListProgrammes,
    OpenPause,
    OpenProgramme,
    PostNow,
    ResumeProgramme,
    ShowQueue,
    SkipNext,
    UndoSkips,
)
from bot.questions.channels import Matter
from bot.questions.clockchange import OddDay
from bot.questions.times import day_for, moment_for


@dataclass(frozen=True, slots=True)
class Listed:
    """One programme in the list."""

    programme: str
    name: str
    when: Text
    """Its rule in words."""
    state: Text | str
    """When the next question comes, or why none does."""
    paused: bool
    skips: tuple[date, ...] = ()


def list_card(listed: Sequence[Listed], *, may_run: bool, may_change: bool, language: str) -> Card:
    """Every programme with its next run; moderators get buttons to run one, admins to change it."""
    elements: list[Element] = []
    for one in listed:
        elements += [Header(one.name), Fields((Field(t("When"), one.when), Field(t("Next"), one.state)))]
        if one.skips:
            days = ", ".join(day_for(day, language) for day in one.skips)
            elements.append(Paragraph(t("Left out: {days}.", days=days), quiet=True))
        if may_run:
            elements.append(Buttons(_buttons(one, may_change)))
    if not listed:
        elements.append(Paragraph(t("No daily questions are set up yet.")))
    if may_change:
        elements.append(Buttons((Button(t("Set up daily questions here"), OpenProgramme()),)))
    return Card(t("Daily questions"), tuple(elements))


def _buttons(one: Listed, may_change: bool) -> tuple[Button, ...]:
    go_on = (
        Button(t("Resume"), ResumeProgramme(programme=one.programme))
        if one.paused
        else Button(t("Pause"), OpenPause(programme=one.programme))
    )
    skip = () if one.paused else (Button(t("Skip next"), SkipNext(programme=one.programme)),)
    undo = (Button(t("Undo skips"), UndoSkips(programme=one.programme)),) if one.skips else ()
    edit = (Button(t("Edit"), OpenProgramme(programme=one.programme)),) if may_change else ()
    post = Button(t("Post now"), PostNow(programme=one.programme))
    return (go_on, *skip, *undo, post, Button(t("Queue"), ShowQueue(programme=one.programme)), *edit)


def saved_card(
    name: str, following: Text | None, odd: Sequence[OddDay], zone: str, language: str, programme: str
) -> Card:
    """After a programme was set up or changed; names the days on which the clock change touches it."""
    elements: list[Element] = [Paragraph(following or t("No further question is planned."))]
    if odd:
        elements.append(Paragraph(t("Where the clocks change:")))
        elements.append(Bullets(tuple(_odd_text(one, zone, language) for one in odd)))
    buttons = (Button(t("Post one now"), PostNow(programme=programme)), Button(t("All programmes"), ListProgrammes()))
    return Card(t('"{name}" is saved.', name=name), (*elements, Buttons(buttons)))


def _odd_text(one: OddDay, zone: str, language: str) -> Text:
    day, when = day_for(one.day, language), moment_for(one.runs_at, zone, language)
    if one.what == "missing":
        return t("On {day} the clock skips this time: the question comes right after, {when}.", day=day, when=when)
    return t("On {day} this time comes twice: the question comes the first time, {when}.", day=day, when=when)


def paused_card(name: str, state: Text, programme: str) -> Card:
    """After a programme was paused."""
    resume = Button(t("Resume"), ResumeProgramme(programme=programme))
    return Card(t('"{name}" is paused.', name=name), (Paragraph(state), Buttons((resume,))))


def going_on_card(title: Text, following: Text | None) -> Card:
    """After a programme was resumed or a day skipped: what comes next."""
    return Card(title, (Paragraph(following or t("No further question is planned.")),))


def post_card(name: str, *, posted: bool) -> Card:
    """After "Post now"."""
    if posted:
        return Card(t('"{name}" has its question for today already. The next one comes as planned.', name=name))
    return Card(t('Today\'s question of "{name}" is on its way.', name=name))


def notice_card(matter: Matter, names: Sequence[tuple[str, str]], channel: str, details: Sequence[Text] = ()) -> Card:
    """What an admin is told about programmes, given as (id, name); `channel` is its name, or empty."""
    where = t("#{channel}", channel=channel) if channel else t("Their channel")
    listed = Bullets(tuple(name for _, name in names))
    match matter:
        case "archived":
            what = t("{channel} was archived. They can be resumed when it is open again.", channel=where)
            return Card(t("Daily questions are paused"), (Paragraph(what), listed))
        case "closed":
            what = t("{channel} is closed to me. Let me into it again, then resume them.", channel=where)
            return Card(t("Daily questions are paused"), (Paragraph(what), listed))
        case "opened":
            resume = tuple(
                Button(_of_one(t("Resume"), name, names), ResumeProgramme(programme=id_)) for id_, name in names
            )
            what = t("{channel} is open again.", channel=where)
            return Card(t("Shall the daily questions go on?"), (Paragraph(what), listed, Buttons(resume)))
        case "nothing_fits":
            edit = tuple(Button(_of_one(t("Edit"), name, names), OpenProgramme(programme=id_)) for id_, name in names)
            why = Paragraph(t("None fits what the programme asks for."))
            return Card(t("No question was posted"), (why, listed, *map(Paragraph, details), Buttons(edit)))


def _of_one(verb: Text, name: str, names: Sequence[object]) -> Text:
    """The label of a button about one of several: with its name only where it needs one."""
    return verb if len(names) == 1 else t("{verb}: {name}", verb=verb, name=name)
