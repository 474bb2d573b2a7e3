"""What every table shares: names of constraints, portable column types, ids, and the mark of the tenant.

Both engines store the same values: a moment is aware and in UTC, JSON is plain JSON, an id is 26 characters
(`bot.base.ids.new_id`). A JSON value is replaced, never changed in place: changes inside it are not noticed.
"""

from __future__ import annotations

import enum
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Enum, ForeignKey, MetaData, String, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeEngine

from bot.base.ids import InstallationId, MemberId, WorkspaceId, new_id

ID_LENGTH = 26
STATE_LENGTH = 24


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment: any zone in, UTC out; a naive datetime raises `ValueError`.

    PostgreSQL keeps it as `timestamptz`, SQLite as ISO text of fixed width, so that text order is time order.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String(32) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a stored moment must be aware, not {value!r}")
        moment = value.astimezone(UTC)
        return moment.isoformat(timespec="microseconds") if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """Plain JSON data: `jsonb` on PostgreSQL, text on SQLite. Python's None is stored as NULL."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(JSONB(none_as_null=True))
        return dialect.type_descriptor(JSON(none_as_null=True))


def _values(states: type[enum.Enum]) -> list[str]:
    return [state.value for state in states]


class Base(DeclarativeBase):
    """The parent of every mapped class. Annotations choose the column type by the map below."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it once, at class creation
        datetime: UtcDateTime(),
        str: Text(),
        WorkspaceId: String(ID_LENGTH),
        InstallationId: String(ID_LENGTH),
        MemberId: String(ID_LENGTH),
        dict[str, Any]: Json(),
        list[Any]: Json(),
        list[str]: Json(),
        list[int]: Json(),
        Any: Json(),
        enum.StrEnum: Enum(enum.StrEnum, native_enum=False, length=STATE_LENGTH, values_callable=_values),
    }


class Identified:
    """A row with an id of its own, given when it is first flushed."""

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=new_id, sort_order=-2)


class WorkspaceScoped:
    """A row that belongs to one workspace. A session opened for a workspace sees and writes only its rows."""

    @declared_attr
    def workspace_id(cls) -> Mapped[WorkspaceId]:  # noqa: N805 - a declared attribute is called on the class
        return mapped_column(
            String(ID_LENGTH), ForeignKey("workspace.id", ondelete="CASCADE"), index=True, sort_order=-1
        )


def reference(target: str, *, ondelete: str = "CASCADE", **options: Any) -> Any:
    """A column that holds the id of a row of another table: `reference("member.id")`, indexed by default."""
    options.setdefault("index", True)
    return mapped_column(String(ID_LENGTH), ForeignKey(target, ondelete=ondelete), **options)
