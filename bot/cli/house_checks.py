"""What `starling doctor` looks at in the house itself: the settings file, the folder, the questions, the database."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from bot.base.errors import ConfigurationError, ContentError
from bot.charts.png import can_draw
from bot.chat.refs import ConversationRef
from bot.chat.setup import Finding
from bot.cli.run import page_server
from bot.cli.settings_file import DEFAULT, HOW_TO_NAME_IT, is_open_to_others
from bot.runtime.config import Config
from content.loader import load_content
from storage.engine import Database, database_url
from storage.migrate import alembic_config
from storage.tables.questions import Programme


def settings_file(file: Path) -> Finding:
    """Whether the file is there, unless it is the one that may be absent, and its tokens are for the owner alone."""
    place = file.absolute()
    if file.is_dir() or (not file.exists() and file != DEFAULT):
        what = "is a folder" if file.is_dir() else "is not there"
        return Finding(False, f"The settings file {place} {what}.", f"{HOW_TO_NAME_IT.capitalize()}.")
    if is_open_to_others(file):
        return Finding(False, f"Others on this computer can read {file}, where tokens are.", f"chmod 600 {file}")
    if not file.exists():
        return Finding(True, f"There is no {place}: the settings are those of the environment alone.")
    return Finding(True, f"{file} is for its owner alone.")


def data_folder(config: Config) -> Finding:
    """Whether files can be kept."""
    folder = config.data_folder.absolute()
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        return Finding(
            False,
            f"Nothing can be written in the data folder {config.data_folder}.",
            "Let the user who runs Starling write there, or set STARLING_DATA_FOLDER to another folder.",
        )
    return Finding(True, f"The data folder {config.data_folder} can be written in.")


def questions(config: Config) -> Finding:
    """Whether the questions can be read, those of one's own too."""
    try:
        content = load_content(config.questions_folder)
    except ContentError as problem:
        return Finding(False, f"The questions cannot be read: {problem}.", "Correct this line of the file.")
    return Finding(True, f"{len(content.questions)} questions are there.")


def charts() -> Finding:
    """Whether pictures of charts can be drawn; nothing is wrong where they cannot."""
    if can_draw():
        return Finding(True, "Charts can be drawn for chat, where the platform's settings let pictures be shown.")
    return Finding(True, "Charts are told in words: pip install -e '.[charts]' in Starling's folder has them drawn.")


async def pages(config: Config) -> Finding:
    """Whether pages in the browser can be served where the settings say, and be reached."""
    if config.pages_at is None:
        return Finding(True, "Pages in the browser are switched off.")
    host, port = config.pages_at
    if port and (host, port) == (config.http_host, config.http_port):
        return Finding(
            False, "STARLING_PAGES_BIND is where health and metrics are served too.", "Choose another port for pages."
        )
    try:
        server = page_server(host, 0, config.pages_address)
    except ConfigurationError as problem:
        return Finding(False, f"{problem}.", "Correct this setting.")
    await server.stop()
    reached = config.pages_address or "this computer alone"
    return Finding(True, f"Pages in the browser are served at {config.pages_bind}, reached from {reached}.")


async def database(config: Config) -> tuple[Finding, Sequence[ConversationRef]]:
    """Whether the database answers and its tables are known; and the channels in which programmes are."""
    step = "Check STARLING_DATABASE_URL, and that the database runs and lets this user in."
    try:
        url = database_url(config.database)
        if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
            return Finding(True, f"The database {url.database} is made at the first start."), ()
        opened = Database(config.database)
    except ConfigurationError as problem:
        return Finding(False, f"The database cannot be used: {problem}.", step), ()
    try:
        return await _looked_at(opened)
    except (SQLAlchemyError, OSError) as problem:
        reason = str(getattr(problem, "orig", None) or problem).splitlines()[0]
        return Finding(False, f"The database does not answer: {reason}.", step), ()
    finally:
        await opened.close()


async def _looked_at(opened: Database) -> tuple[Finding, Sequence[ConversationRef]]:
    known = ScriptDirectory.from_config(alembic_config())
    async with opened.read_everywhere() as session:
        revision = await (await session.connection()).run_sync(_revision)
        if revision is None:
            return Finding(True, "The database answers; its tables are made at the first start."), ()
        if revision not in {script.revision for script in known.walk_revisions()}:
            step = "Install the newest Starling, or use the database that belongs to this one."
            return Finding(False, "The database was made by a newer Starling than this one.", step), ()
        if revision != known.get_current_head():
            return Finding(True, "The database answers; its tables are brought up to date at the next start."), ()
        places = (await session.scalars(select(Programme.conversation).distinct().order_by("conversation"))).all()
    return Finding(True, "The database answers, and its tables are up to date."), [
        ConversationRef.decode(place) for place in places
    ]


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
