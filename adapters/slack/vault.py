"""The tokens of many installations, encrypted at rest: one file for each, readable with the operator's key alone."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.base.errors import ConfigurationError

_ID = re.compile(r"[A-Z0-9]{1,40}")


@dataclass(frozen=True, slots=True)
class Grant:
    """What Slack gave for one installation. One that rotates has a refresh token and an end."""

    installation: str
    token: str = field(repr=False)
    since: str
    """When it was installed, as an ISO time."""
    refresh_token: str | None = field(default=None, repr=False)
    expires_at: float | None = None
    """Seconds since 1970."""
    name: str = ""
    """What the workspace was called then."""

    @property
    def title(self) -> str:
        """How an operator is told of it."""
        return f"{self.name} ({self.installation})" if self.name else self.installation

    @property
    def installed_at(self) -> datetime:
        """When it was installed."""
        return datetime.fromisoformat(self.since)


class Vault:
    """Keeps grants in a folder. `keys` are Fernet keys: the first encrypts, every one of them decrypts."""

    def __init__(self, folder: Path, keys: str) -> None:
        """`ConfigurationError` for a key that is none."""
        try:
            self._cipher = MultiFernet([Fernet(key.strip()) for key in keys.split(",")])
        except ValueError as problem:
            raise ConfigurationError(
                "STARLING_SLACK_TOKEN_KEY must be a key of 32 bytes in URL-safe base 64, or several with commas between"
            ) from problem
        self._folder = folder

    def __iter__(self) -> Iterator[Grant]:
        """Every grant; `ConfigurationError` for one that the key does not open."""
        for file in sorted(self._folder.glob("*.grant")):
            try:
                yield Grant(**json.loads(self._cipher.decrypt(file.read_bytes())))
            except InvalidToken as problem:
                raise ConfigurationError(f"STARLING_SLACK_TOKEN_KEY does not open {file.name}") from problem

    def keep(self, grant: Grant) -> None:
        """Write the grant, in place of an earlier one of its installation; whole or not at all."""
        file = self._file(grant.installation)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        half = file.with_suffix(".half")
        half.unlink(missing_ok=True)
        with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(self._cipher.encrypt(json.dumps(asdict(grant)).encode()))
            stream.flush()
            os.fsync(stream.fileno())
        half.replace(file)
        _written_through(self._folder)

    def erase(self, installation: str) -> None:
        """Remove the grant; one that is gone already is no error."""
        self._file(installation).unlink(missing_ok=True)

    def seal(self, words: str) -> str:
        """`words` and the time, encrypted: what only we can have made."""
        return self._cipher.encrypt(words.encode()).decode()

    def unseal(self, sealed: str, seconds: int) -> str | None:
        """The words, where we sealed them at most so many seconds ago."""
        try:
            return self._cipher.decrypt(sealed.encode(), ttl=seconds).decode()
        except InvalidToken:
            return None

    def _file(self, installation: str) -> Path:
        if not _ID.fullmatch(installation):
            raise ValueError("an installation's id consists of capitals and digits")
        return self._folder / f"{installation}.grant"


def _written_through(folder: Path) -> None:
    """A refresh token is good once: which file holds the latest one has to outlive a failing machine."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
