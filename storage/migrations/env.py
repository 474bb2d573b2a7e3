"""How alembic runs here: on the connection it is handed, or, for people at a command line, on `-x url=...`."""

from __future__ import annotations

import asyncio

from alembic import context

from storage.migrate import configure, migrating_engine


def run(connection: object) -> None:
    configure(context, connection)
    with context.begin_transaction():
        context.run_migrations()


async def run_from_command_line(url: str) -> None:
    async with migrating_engine(url) as engine, engine.begin() as connection:
        await connection.run_sync(run)


handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    run(handed_over)
else:
    asyncio.run(run_from_command_line(context.get_x_argument(as_dictionary=True)["url"]))
