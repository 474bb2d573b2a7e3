"""What an adapter offers whoever sets Starling up: what it asks for, how it checks that, and the steps to take.

An entry point of the group `starling.setup` gives a `PlatformSetup`. It is made of data and of checks that change
nothing at the platform. Sentences here are for the terminal of an operator.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.chat.commands import Command, MessageAction
from bot.chat.refs import ConversationRef

Settings = Mapping[str, str]
"""Values by upper-case name, such as `STARLING_DATA_FOLDER`."""

Ability = Literal["commands", "posts", "answers", "channels"]
"""What a room asks of a platform: to be commanded, to post, to take what people write, to know of changed channels."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What is declared, as far as a platform has to grant something for it."""

    root_command: str
    commands: Sequence[Command]
    message_actions: Sequence[MessageAction]
    used_by: Mapping[Ability, Sequence[str]]
    """The rooms that use an ability; one that nobody uses is absent."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Something the platform has to grant: a scope or a permission, why, and for which rooms."""

    name: str
    reason: str
    used_by: Sequence[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A setting that `starling init` asks for. `yes_or_no` where nothing else is an answer."""

    name: str
    sentence: str
    secret: bool = False
    yes_or_no: bool = False
    default: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; where it is not as it should be, `step` is the one thing to do."""

    ok: bool
    sentence: str
    step: str = ""


class PlatformSetup(Protocol):
    """How a platform is set up and checked. Nothing here raises for a setting or a grant that is wrong."""

    @property
    def name(self) -> str:
        """The platform's name, as in references."""
        ...

    @property
    def title(self) -> str:
        """The platform's name as people write it."""
        ...

    @property
    def choices(self) -> Sequence[Asked]:
        """Asked first: what the steps at the platform depend on."""
        ...

    @property
    def credentials(self) -> Sequence[Asked]:
        """Asked after the steps at the platform, where they are found."""
        ...

    def configured(self, settings: Settings) -> bool:
        """Whether the settings mean this platform to be connected."""
        ...

    def document(self, settings: Settings, offered: Offered) -> str:
        """What an administrator grants, as a file to keep: a manifest, or a table of permissions."""
        ...

    def before(self, settings: Settings, offered: Offered) -> Sequence[str]:
        """What to do at the platform to get the credentials, with the links for it."""
        ...

    async def verify(self, settings: Settings) -> Sequence[Finding]:
        """Whether the platform takes these credentials now."""
        ...

    async def after(self, settings: Settings, offered: Offered) -> Sequence[str]:
        """What to do at the platform once the credentials are good, with the links for it."""
        ...

    async def check(
        self, settings: Settings, offered: Offered, channels: Sequence[ConversationRef]
    ) -> Sequence[Finding]:
        """Compare what is granted with what is needed, in general and in these channels of the platform."""
        ...
