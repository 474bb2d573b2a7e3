"""Stored values of the layered settings, and the log of who changed them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.base.ids import MemberId
from bot.base.settings import Layer, Setting, resolve
from bot.chat.refs import ConversationRef
from storage.prepared import Prepared, table_of
from storage.tables.settings import SettingChange, SettingLayer, SettingValue
from storage.tenancy import required_workspace_of

T = TypeVar("T")
VALUE = table_of(SettingValue)


async def read(
    session: AsyncSession,
    setting: Setting[T],
    *,
    member: MemberId | None = None,
    programme: str | None = None,
    channel: ConversationRef | None = None,
) -> T:
    """The value of `setting` for this member, in this programme and channel: the nearest layer that has one."""
    return cast(
        T, (await read_all(session, [setting], member=member, programme=programme, channel=channel))[setting.key]
    )


async def read_all(
    session: AsyncSession,
    settings: Sequence[Setting[Any]],
    *,
    member: MemberId | None = None,
    programme: str | None = None,
    channel: ConversationRef | None = None,
) -> dict[str, Any]:
    """The values of several settings by key, each as `read()` gives it, in one query."""
    owners: dict[Layer, str] = {"workspace": required_workspace_of(session)}
    if member is not None:
        owners["member"] = member
    if programme is not None:
        owners["programme"] = programme
    if channel is not None:
        owners["channel"] = channel.root.encode()
    stored = await _stored(session, settings, owners)
    return {setting.key: resolve(setting, stored[setting.key]) for setting in settings}


@cache
def _values_of(keys: tuple[str, ...], layers: tuple[Layer, ...]) -> Prepared:
    """The look-up of these settings in these layers: rooms ask for the same few together."""
    columns = VALUE.c
    places = [
        and_(columns.layer == SettingLayer(layer), columns.layer_id == bindparam(f"of_{layer}")) for layer in layers
    ]
    named = columns.key.in_(keys)
    return Prepared(
        lambda own: select(columns.key, columns.layer, columns.value).where(own(VALUE), named, or_(*places))
    )


async def _stored(
    session: AsyncSession, settings: Sequence[Setting[Any]], owners: Mapping[Layer, str]
) -> dict[str, dict[Layer, Any]]:
    keys = tuple(setting.key for setting in settings)
    ids = {f"of_{layer}": owner for layer, owner in owners.items()}
    rows = await _values_of(keys, tuple(owners)).rows(session, **ids)
    found: dict[str, dict[Layer, Any]] = {key: {} for key in keys}
    for row in rows:
        found[row.key][row.layer.value] = row.value
    return found


async def write(
    session: AsyncSession,
    setting: Setting[T],
    layer: Layer,
    layer_id: str,
    value: T | None,
    by: MemberId | None,
    now: datetime,
) -> None:
    """Set `setting` in one layer (None takes it away there), and log the change.

    `layer_id` is the member, the programme, the workspace, or the channel's `ConversationRef.encode()`.
    `UserFacingError` for a value of the wrong type; `ValueError` for a layer the setting does not have.
    """
    if layer not in setting.layers:
        raise ValueError(f"{setting.key} cannot be set for a {layer}")
    checked = None if value is None else setting.read(value)
    row = await session.scalar(
        select(SettingValue).where(
            SettingValue.layer == SettingLayer(layer),
            SettingValue.layer_id == layer_id,
            SettingValue.key == setting.key,
        )
    )
    before = row.value if row is not None else None
    if before == checked:
        return
    if row is None:
        session.add(SettingValue(layer=SettingLayer(layer), layer_id=layer_id, key=setting.key, value=checked))
    elif checked is None:
        await session.delete(row)
    else:
        row.value = checked
    session.add(
        SettingChange(
            layer=SettingLayer(layer),
            layer_id=layer_id,
            key=setting.key,
            before=before,
            after=checked,
            changed_by=by,
            changed_at=now,
        )
    )
