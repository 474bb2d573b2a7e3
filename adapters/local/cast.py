"""Who is in a new local workspace, and which channels it has."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the workspace, or a bot in it. `about` is what others read beside the name."""

    id: str
    name: str
    zone: str = "UTC"
    language: str = "en"
    about: str = ""
    is_admin: bool = False
    is_bot: bool = False
    is_outsider: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel, or the direct conversation of `person` with Starling."""

    id: str
    name: str
    topic: str = ""
    state: str = "open"
    person: str | None = None

    @property
    def direct(self) -> bool:
        """Whether this is somebody's direct conversation with Starling."""
        return self.person is not None


STARLING = "starling"
"""The user id of the bot."""

CAST = (
    Person("priya", "Priya", "Asia/Kolkata", about="Backend engineer"),
    Person("tom", "Tom", "Europe/London", about="Data engineer"),
    Person("mei", "Mei", "Asia/Singapore", about="Frontend engineer"),
    Person("diego", "Diego", "America/Sao_Paulo", about="Site reliability engineer"),
    Person("amara", "Amara", "Africa/Lagos", about="Mentor, workspace admin", is_admin=True),
    Person("sam", "Sam", "America/New_York", about="Moderator"),
)

CHANNELS = (
    Channel("interview-practice", "interview-practice", "One question a day. Answer in its thread."),
    Channel("general", "general", "Anything that concerns the whole team"),
    Channel("random", "random", "Coffee, cats and good news"),
)


def direct_channel(person: str) -> str:
    """The id of the direct conversation between this person and Starling."""
    return f"direct-{person}"
