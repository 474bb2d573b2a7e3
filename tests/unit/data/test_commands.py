"""What whoever runs Starling does about people's data, on the command line."""

from __future__ import annotations

import asyncio
import json
import stat
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from bot.base.errors import StarlingError
from bot.base.ids import MemberId, WorkspaceId
from bot.cli.app import app
from storage.engine import Database
from storage.tables.erasure import Erasure
from storage.tables.people import Member, Workspace
from storage.tables.questions import Suggestion
from tests.scenario.dsl import empty_database

NOW = datetime(2030, 3, 4, tzinfo=UTC)
HOUSE, ANA = WorkspaceId("w" * 26), MemberId("a" * 26)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The settings of a database in which two people are called Ben and one Ana."""
    file = tmp_path / "starling.sqlite3"
    file.write_bytes(empty_database())
    url = f"sqlite:///{file}"
    asyncio.run(_fill(url))
    return {"STARLING_DATABASE_URL": url}


async def _fill(url: str) -> None:
    database = Database(url)
    async with database.write_everywhere() as session:
        session.add(Workspace(workspace_id=HOUSE, name="House", created_at=NOW))
        await session.flush()
        for id_, name in ((ANA, "Ana"), ("b" * 26, "Ben"), ("c" * 26, "Ben")):
            session.add(Member(id=id_, workspace_id=HOUSE, display_name=name, time_zone=None, created_at=NOW))
        await session.flush()
        session.add(Suggestion(workspace_id=HOUSE, member_id=ANA, text="When did you last say no?", suggested_at=NOW))
    await database.close()


def test_the_archive_lies_in_the_folder_for_its_owner_alone(environment: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "out"
    done = CliRunner().invoke(app, ["data", "export", "--member", "Ana", "--to", str(folder)], env=environment)
    assert done.exit_code == 0, done.output
    (file,) = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with ZipFile(file) as archive:
        assert json.loads(archive.read("questions.json"))[0]["suggested"] == "When did you last say no?"


@pytest.mark.parametrize(("called", "sentence"), [("Zoe", "Nobody is known as Zoe"), ("Ben", "Several people")])
def test_nobody_is_guessed(environment: dict[str, str], tmp_path: Path, called: str, sentence: str) -> None:
    done = CliRunner().invoke(app, ["data", "export", "--member", called, "--to", str(tmp_path)], env=environment)
    assert isinstance(done.exception, StarlingError)
    assert sentence in str(done.exception)


def test_the_list_of_the_erased_names_nobody_and_brings_them_to_be_erased_again(
    environment: dict[str, str], tmp_path: Path
) -> None:
    from bot.data.erasing import mark_of

    salt = "0f" * 16
    erased = tmp_path / "erased.jsonl"
    erased.write_text(json.dumps({"number": "1", "salt": salt, "mark": mark_of(ANA, salt)}) + "\n\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["database", "forget-erased", str(erased)], env=environment)
    assert done.output.startswith("1 of them"), done.output
    printed = CliRunner().invoke(app, ["database", "erased"], env=environment).output
    assert ANA not in printed
    (entry,) = [json.loads(line) for line in printed.splitlines()]
    assert mark_of(ANA, entry["salt"]) == entry["mark"]
    assert asyncio.run(_begun(environment["STARLING_DATABASE_URL"])) == [ANA]


def test_a_list_that_is_none_is_refused_with_its_line(environment: dict[str, str], tmp_path: Path) -> None:
    broken = tmp_path / "erased.jsonl"
    broken.write_text('{"salt": "zz", "mark": "1"}\n', encoding="utf-8")
    done = CliRunner().invoke(app, ["database", "forget-erased", str(broken)], env=environment)
    assert "line 1 of the list" in str(done.exception)


async def _begun(url: str) -> list[MemberId | None]:
    from sqlalchemy import select

    database = Database(url)
    async with database.read_everywhere() as session:
        found = [row.member_id for row in await session.scalars(select(Erasure))]
    await database.close()
    return found
