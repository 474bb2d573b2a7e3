"""Cards about programmes of rounds: the list, and what was done to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.base.text import Text, t
from bot.chat.cards import Button, Buttons, Card, Element, Field, Fields, Header, Paragraph
from bot.review.actions import ListRounds, LockNow, OpenRoundProgramme, OpenWishes, PauseRounds, ResumeRounds


@dataclass(frozen=True, slots=True)
class Listed:
    """One programme in the list, with times by the reader's clock."""

    programme: str
    name: str
    when: Text
    state: Text | str
    following: Text | str
    paused: bool


def list_card(listed: Sequence[Listed], *, may_run: bool, may_change: bool) -> Card:
    """Every programme of rounds; moderators get buttons to run one, admins to change it."""
    elements: list[Element] = []
    for one in listed:
        fields = (
            Field(t("When"), one.when),
            Field(t("This round"), one.state),
            Field(t("Next"), one.following),
        )
        elements += [Header(one.name), Fields(fields)]
        if may_run:
            elements.append(Buttons(_buttons(one, may_change)))
    if not listed:
        nothing = t("No peer-review rounds are set up yet.")
        asks = t("No peer-review rounds are set up yet. An admin can do that.")
        elements.append(Paragraph(nothing if may_change else asks))
    wishes = Button(t("How much I review"), OpenWishes())
    new = (Button(t("Set up rounds here"), OpenRoundProgramme()),) if may_change else ()
    return Card(t("Peer-review rounds"), (*elements, Buttons((wishes, *new))))


def _buttons(one: Listed, may_change: bool) -> tuple[Button, ...]:
    go_on = (
        Button(t("Go on"), ResumeRounds(programme=one.programme))
        if one.paused
        else Button(t("Pause"), PauseRounds(programme=one.programme))
    )
    now = () if one.paused else (Button(t("Hand out now"), LockNow(programme=one.programme)),)
    edit = (Button(t("Edit"), OpenRoundProgramme(programme=one.programme)),) if may_change else ()
    return (go_on, *now, *edit)


def saved_card(programme: str, name: str, following: Text | str, waiting: int) -> Card:
    """After rounds were set up or changed."""
    fields = Fields((Field(t("Next"), following), Field(t("Answers that wait"), str(waiting))))
    buttons = Buttons((Button(t("Hand out now"), LockNow(programme=programme)), Button(t("All rounds"), ListRounds())))
    return Card(t('The peer reviews "{name}" are saved.', name=name), (fields, buttons))


def paused_card(programme: str, name: str) -> Card:
    """After rounds were paused."""
    go_on = Buttons((Button(t("Go on"), ResumeRounds(programme=programme)),))
    said = Paragraph(t("Nothing is handed out, and deadlines move by the days until they go on."))
    return Card(t('The peer reviews "{name}" are paused.', name=name), (said, go_on))


def going_on_card(name: str, following: Text | str) -> Card:
    """After rounds were resumed."""
    fields = Fields((Field(t("Next"), following),))
    return Card(t('The peer reviews "{name}" go on.', name=name), (fields,))
