"""`starling disputes`: the disagreements people filed, as labelled answers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.answers.disputes import export_disputes
from bot.cli.opened_database import opened
from storage.tables.people import Workspace


async def exported(database_url: str) -> list[dict[str, Any]]:
    """Every case of every workspace in the database, in the order they were filed."""
    async with opened(database_url) as database:
        async with database.read_everywhere() as session:
            workspaces = (await session.scalars(select(Workspace.workspace_id))).all()
        cases = []
        for workspace in workspaces:
            async with database.read(workspace) as session:
                cases += await export_disputes(session)
        return cases
