"""How long things are kept: what this room purges itself, and the round that purges what all rooms declare."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.clock import Clock
from bot.base.errors import UserFacingError
from bot.base.ids import MemberId
from bot.base.settings import Setting
from bot.base.text import Text, t
from bot.chat.events import FormSubmitted
from bot.chat.forms import Form
from bot.data import cards
from bot.data.actions import SaveRetention
from bot.data.erasing import go_on
from bot.data.leaving import AFTER_LEAVING
from bot.feature.context import Context
from bot.feature.declarations import Options, Retention
from bot.members.settings import read, write
from storage.base import Base
from storage.batches import delete_some
from storage.engine import Database
from storage.tables.answers import SetAside
from storage.tables.archives import PreparedArchive
from storage.tables.coach import CoachResult
from storage.tables.moderation import ModerationAct
from storage.tables.outbox import Delivery
from storage.tables.people import Workspace
from storage.tables.settings import SettingChange

AT_ONCE = 200
"""Rows deleted in one transaction: a few milliseconds."""
MOST_ROUNDS = 50
"""Of one kind and workspace at a time; what is left comes with the next round."""
LONGEST_DAYS = 3650


def _days(key: str, default: int, label: Text) -> Setting[int]:
    return Setting(f"data.keep_{key}", int, default, ("workspace",), label)


def older(model: type[Base], moment: Any, *conditions: ColumnElement[bool]) -> Callable[
    [AsyncSession, datetime, int], Awaitable[int]
]:  # fmt: skip
    """A purge of rows of `model` whose `moment` has passed, some at a time."""

    async def purge(session: AsyncSession, before: datetime, limit: int) -> int:
        return await delete_some(session, model, moment < before, *conditions, limit=limit)

    return purge


def retentions() -> tuple[Retention, ...]:
    """What is purged of the rooms that need no rule of their own."""
    messages, changes = t("What was sent to whom, without texts"), t("Who changed which setting")
    acts, aside = t("What moderators did"), t("Replies that were no answers")
    said, archives = t("What the coach said"), t("Archives that could not be handed over")
    return (
        Retention(messages, _days("deliveries", 180, messages), older(Delivery, Delivery.finished_at)),
        Retention(changes, _days("setting_changes", 365, changes), older(SettingChange, SettingChange.changed_at)),
        Retention(acts, _days("moderation", 365, acts), older(ModerationAct, ModerationAct.acted_at)),
        Retention(aside, _days("set_aside", 30, aside), older(SetAside, SetAside.posted_at)),
        Retention(archives, _days("archives", 1, archives), older(PreparedArchive, PreparedArchive.made_at)),
        Retention(said, _days("coach_results", 365, said), older(CoachResult, CoachResult.created_at)),
    )


async def keep_house(database: Database, clock: Clock, kept: Sequence[Retention]) -> int:
    """Purge what every workspace has kept for long enough; how many rows went. Others get their turn in between."""
    async with database.read_everywhere() as session:
        workspaces = (await session.scalars(select(Workspace.workspace_id))).all()
    purged = 0
    for workspace in workspaces:
        async with database.write(workspace) as session:
            await go_on(session, clock.now())
        for retention in kept:
            for _ in range(MOST_ROUNDS):
                async with database.write(workspace) as session:
                    days = await read(session, retention.days)
                    before = clock.now() - timedelta(days=days)
                    count = await retention.purge(session, before, AT_ONCE)
                purged += count
                await asyncio.sleep(0)
                if count < AT_ONCE:
                    break
    return purged


def settings_of(kept: Sequence[Retention]) -> list[Setting[int]]:
    """Every time that an admin can set."""
    return [*(retention.days for retention in kept), AFTER_LEAVING]


async def open_form(context: Context, _options: Options) -> Form:
    """What holds now, to be changed."""
    settings = settings_of(context.retentions)
    return cards.retention_form([(setting, await read(context.session, setting)) for setting in settings])


def check(_payload: SaveRetention, event: FormSubmitted) -> Mapping[str, Text]:
    """What is no number of days."""
    problems: dict[str, Text] = {}
    for name, values in event.values.items():
        try:
            _number("".join(values))
        except UserFacingError as problem:
            problems[name] = problem.text
    return problems


async def save(context: Context, _payload: SaveRetention, event: FormSubmitted) -> None:
    """Keep the times from now on."""
    by: MemberId = context.member
    for setting in settings_of(context.retentions):
        if setting.key in event.values:
            days = _number("".join(event.values[setting.key]))
            await write(context.session, setting, "workspace", context.workspace, days, by, context.now)
    context.reply(cards.retention_saved())


def _number(entered: str) -> int:
    if not entered.strip().isdecimal() or not 1 <= int(entered) <= LONGEST_DAYS:
        raise UserFacingError(t("Enter a number of days from 1 to {most}.", most=LONGEST_DAYS))
    return int(entered)
