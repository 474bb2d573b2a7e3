"""Where admins decide after how long a mentor counts as silent."""

from __future__ import annotations

from collections.abc import Mapping

from bot.base.policy import Subject
from bot.base.text import Text, t, tn
from bot.chat.cards import Card
from bot.chat.events import FormSubmitted
from bot.chat.forms import Form, TextInput
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.members.settings import read, write
from bot.mentoring.actions import SaveSilence
from bot.mentoring.forms import value_of
from bot.mentoring.silence import SILENT_WEEKS

MOST_WEEKS = 52


async def open_form(ctx: Context, _options: Options) -> Form:
    """What holds now, to be changed."""
    return silence_form(await read(ctx.session, SILENT_WEEKS))


def silence_form(weeks: int) -> Form:
    """The form, filled with what holds now."""
    label = t("Weeks after which a mentor counts as silent")
    return Form(
        SaveSilence(),
        t("Mentors"),
        (TextInput("weeks", label, longest=2, value=str(weeks)),),
        t("Save"),
        t("A mentee is then asked whether to find another, if there was something to look at."),
    )


def check(_payload: SaveSilence, event: FormSubmitted) -> Mapping[str, Text]:
    """What is no number of weeks."""
    entered = value_of(event.values, "weeks")
    if entered.isdecimal() and 1 <= int(entered) <= MOST_WEEKS:
        return {}
    return {"weeks": t("Enter a number of weeks from 1 to {most}.", most=MOST_WEEKS)}


async def save(ctx: Context, _payload: SaveSilence, event: FormSubmitted) -> None:
    """Keep it from now on."""
    ctx.require("settings.change", Subject(ctx.workspace))
    weeks = int(value_of(event.values, "weeks"))
    await write(ctx.session, SILENT_WEEKS, "workspace", ctx.workspace, weeks, ctx.member, ctx.now)
    ctx.reply(saved_card(weeks))


def saved_card(weeks: int) -> Card:
    """After it was set."""
    return Card(
        tn("A mentor counts as silent after {count} week.", "A mentor counts as silent after {count} weeks.", weeks)
    )
