"""The installations one connection serves: who we are there, what was granted, and how to call."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from adapters.slack.payloads import PLATFORM, Me
from adapters.slack.web import WebApi
from bot.chat.errors import TargetGone
from bot.chat.refs import InstallationRef


@dataclass(frozen=True, slots=True)
class Team:
    """One installation, a Slack workspace or organisation."""

    me: Me
    name: str
    api: WebApi
    mark: str
    """Differs between two installations of the same workspace, one after the other."""
    since: datetime | None = None
    """When it was installed, where we know."""

    @property
    def scopes(self) -> frozenset[str]:
        """What is granted now."""
        return self.api.scopes


class Teams:
    """Finds the installation that a reference or a payload is for."""

    def __init__(self) -> None:
        self._by_id: dict[str, Team] = {}

    def __iter__(self) -> Iterator[Team]:
        return iter(self._by_id.values())

    def add(self, team: Team) -> None:
        """Serve this installation from now on."""
        self._by_id[team.me.installation.installation] = team

    def remove(self, installation: str) -> None:
        """Serve this installation no longer."""
        self._by_id.pop(installation, None)

    def find(self, installation: str | None) -> Team | None:
        """The installation of this id, if it is served."""
        return self._by_id.get(installation) if installation is not None else None

    def of(self, installation: str, operation: str) -> Team:
        """The installation of this id; `TargetGone` where it is not served."""
        found = self.find(installation)
        if found is None:
            raise TargetGone(operation, f"Starling is not installed in {installation}")
        return found


async def meet(api: WebApi, mark: str, since: datetime | None = None) -> Team:
    """Ask Slack who we are and what was granted; raises `PlatformError`s. Of `mark` nobody can tell what it was."""
    answer = await api.call("auth.test")
    organisation = answer.get("is_enterprise_install") is True
    installation = str(answer.get("enterprise_id") if organisation else answer.get("team_id"))
    return Team(
        me=Me(InstallationRef(PLATFORM, installation), str(answer.get("user_id")), str(answer.get("bot_id") or "")),
        name=str(answer.get("team") or installation),
        api=api,
        mark=hashlib.sha256(mark.encode()).hexdigest()[:12],
        since=since,
    )
