"""Thin handlers of this room's commands, buttons and forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId
from bot.base.text import Text, t
from bot.chat.cards import Element
from bot.chat.events import CommandInvoked, FormSubmitted
from bot.chat.forms import Form
from bot.chat.refs import AccountRef
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.members import cards, service
from bot.members.actions import OpenPreferences, SavePreferences
from bot.members.identity import zone_of
from bot.members.preferences import read_clock_time, read_day
from bot.outbox.zones import zone_named

ROLE_NAMES: Mapping[str, Text] = {"moderator": t("a moderator"), "admin": t("an admin")}


async def open_preferences(context: Context, _payload: OpenPreferences | Options) -> Form:
    """The form of the actor's own preferences."""
    values = await service.own_settings(context.session, context.member)
    return cards.preferences_form(values, await zone_of(context.session, context.member), _companies(context))


def check_preferences(_payload: SavePreferences, event: FormSubmitted) -> Mapping[str, Text]:
    """What is wrong with the entered zone, times and day."""
    readers: Mapping[str, Callable[[str], object]] = {
        "zone": zone_named,
        "quiet_from": read_clock_time,
        "quiet_until": read_clock_time,
        "snoozed_until": read_day,
    }
    problems: dict[str, Text] = {}
    for name, reader in readers.items():
        entered = _entered(event, name)
        if not entered and name == "snoozed_until":
            continue
        try:
            reader(entered)
        except UserFacingError as problem:
            problems[name] = problem.text
    return problems


def _entered(event: FormSubmitted, name: str) -> str:
    return ",".join(event.values.get(name, ())).strip()


async def save_preferences(context: Context, _payload: SavePreferences, event: FormSubmitted) -> None:
    """Store the actor's preferences."""
    names = ("zone", "quiet_from", "quiet_until", "days_off", "snoozed_until", "level", "company")
    entered = {name: _entered(event, name) for name in names}
    await service.save_preferences(context.session, context.member, entered, context.now)
    context.refresh_home(context.member)
    context.reply(cards.saved())


async def appoint(context: Context, event: CommandInvoked, options: Options) -> None:
    """Give somebody a role."""
    account, role = _chosen(event, options)
    member = await service.appoint(context.session, account, role, context.member, context.now)
    context.reply(cards.appointed(member.display_name, ROLE_NAMES[role]))


async def dismiss(context: Context, event: CommandInvoked, options: Options) -> None:
    """Take a role away."""
    account, role = _chosen(event, options)
    member = await service.dismiss(context.session, account, role, context.member, context.now)
    context.reply(cards.dismissed(member.display_name, ROLE_NAMES[role]))


def _chosen(event: CommandInvoked, options: Options) -> tuple[AccountRef, service.AppointedRole]:
    place = event.conversation
    account = AccountRef(place.platform, event.installation.installation, str(options["member"]))
    return account, cast(service.AppointedRole, options["role"])


async def home(context: Context) -> Sequence[Element]:
    """The preferences, for the home."""
    values = await service.own_settings(context.session, context.member)
    return cards.home_section(await zone_of(context.session, context.member), values, _companies(context))


def _companies(context: Context) -> dict[str, str]:
    return {key: company.name for key, company in context.content.companies.items()}


async def export(context: Context, member: MemberId) -> Sequence[Mapping[str, Any]]:
    """What this room holds about `member`."""
    return await service.export_profile(context.session, member)


async def erase(context: Context, member: MemberId) -> int:
    """Erase what this room holds about `member`."""
    return await service.erase_profile(context.session, member)
