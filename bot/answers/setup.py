"""Where admins decide how answers are handled: in one channel, or in the whole workspace."""

from __future__ import annotations

from bot.answers import actions, settings
from bot.base.policy import Subject
from bot.base.settings import Layer
from bot.base.text import t
from bot.chat.cards import Card, Choice
from bot.chat.events import FormSubmitted
from bot.chat.forms import ChoiceInput, Form
from bot.chat.refs import ConversationRef
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.members.settings import read, write

PLACES = (
    Choice("private", t("To the author alone")),
    Choice("thread", t("In the thread, for everybody")),
)
OTHERS = (
    Choice("after", t("Only after one's own answer")),
    Choice("always", t("At any time")),
)


async def open_by_command(ctx: Context, options: Options) -> Form:
    """The form for a channel, if one is named, else for the whole workspace."""
    channel = options.get("channel")
    if channel is None or ctx.account is None:
        return await form(ctx, None)
    account = ctx.account
    return await form(ctx, ConversationRef(account.platform, account.installation, str(channel)))


async def open_by_button(ctx: Context, payload: actions.OpenAnswerSettings) -> Form:
    """The same by a button."""
    return await form(ctx, ConversationRef.decode(payload.channel) if payload.channel else None)


async def form(ctx: Context, channel: ConversationRef | None) -> Form:
    """What holds now, to be changed."""
    place = await read(ctx.session, settings.FEEDBACK_PLACE, channel=channel)
    after = await read(ctx.session, settings.OTHERS_AFTER_OWN, channel=channel)
    return settings_form(channel, place, after_own=after)


def settings_form(channel: ConversationRef | None, place: str, *, after_own: bool) -> Form:
    """The form of one channel, or of the whole workspace, filled with what holds now."""
    return Form(
        actions.SaveAnswerSettings(channel=channel.encode() if channel else None),
        t("Answers in this channel") if channel else t("Answers in every channel"),
        (
            ChoiceInput("place", t("Where feedback on a thread answer appears"), PLACES, value=(place,)),
            ChoiceInput(
                "others",
                t("When others' private answers can be read"),
                OTHERS,
                hint=t("Only those their authors let the channel see."),
                value=("after" if after_own else "always",),
            ),
        ),
        t("Save"),
    )


async def save(ctx: Context, payload: actions.SaveAnswerSettings, event: FormSubmitted) -> None:
    """Keep what was chosen; what was scored before stays where it is."""
    ctx.require("settings.change", Subject(ctx.workspace))
    layer: Layer = "channel" if payload.channel else "workspace"
    owner = payload.channel or ctx.workspace
    place, others = "".join(event.values["place"]), "".join(event.values["others"])
    await write(ctx.session, settings.FEEDBACK_PLACE, layer, owner, place, ctx.member, ctx.now)
    await write(ctx.session, settings.OTHERS_AFTER_OWN, layer, owner, others == "after", ctx.member, ctx.now)
    ctx.reply(Card(t("Saved. It holds for answers from now on.")))
