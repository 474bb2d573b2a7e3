"""References to places, messages and accounts on a platform, each with a string form that round-trips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self
from urllib.parse import quote, unquote


def _join(*parts: str | None) -> str:
    return ":".join("" if part is None else quote(part, safe="") for part in parts)


def _split(text: str, count: int) -> list[str | None]:
    parts = text.split(":")
    if len(parts) != count:
        raise ValueError(f"{text!r} has {len(parts)} parts where {count} are needed")
    return [unquote(part) or None for part in parts]


def _needed(part: str | None, text: str) -> str:
    if part is None:
        raise ValueError(f"{text!r} lacks a part")
    return part


@dataclass(frozen=True, slots=True)
class InstallationRef:
    """One place Starling is installed in: a Slack team or organisation, a Discord guild, a local workspace."""

    platform: str
    installation: str

    def encode(self) -> str:
        """The string form, `platform:installation`."""
        return _join(self.platform, self.installation)

    @classmethod
    def decode(cls, text: str) -> Self:
        """Read the string form; `ValueError` where it is not one."""
        platform, installation = _split(text, 2)
        return cls(_needed(platform, text), _needed(installation, text))


@dataclass(frozen=True, slots=True)
class AccountRef:
    """A person's or a bot's account in one installation."""

    platform: str
    installation: str
    user: str

    @property
    def installation_ref(self) -> InstallationRef:
        """The installation this account belongs to."""
        return InstallationRef(self.platform, self.installation)

    def encode(self) -> str:
        """The string form, `platform:installation:user`."""
        return _join(self.platform, self.installation, self.user)

    @classmethod
    def decode(cls, text: str) -> Self:
        """Read the string form; `ValueError` where it is not one."""
        platform, installation, user = _split(text, 3)
        return cls(_needed(platform, text), _needed(installation, text), _needed(user, text))


@dataclass(frozen=True, slots=True)
class ConversationRef:
    """A channel or a direct conversation, or one thread of it.

    `installation` is empty for a conversation outside any (a Discord direct message). Only an adapter knows
    how its platform stores threads.
    """

    platform: str
    installation: str
    channel: str
    thread: str | None = None

    @property
    def installation_ref(self) -> InstallationRef:
        """The installation this conversation belongs to."""
        return InstallationRef(self.platform, self.installation)

    @property
    def root(self) -> ConversationRef:
        """The channel that holds this thread; a channel is its own root."""
        return ConversationRef(self.platform, self.installation, self.channel)

    def in_thread(self, thread: str) -> ConversationRef:
        """The thread of this channel that `thread` names."""
        return ConversationRef(self.platform, self.installation, self.channel, thread)

    def encode(self) -> str:
        """The string form, `platform:installation:channel:thread`."""
        return _join(self.platform, self.installation, self.channel, self.thread)

    @classmethod
    def decode(cls, text: str) -> Self:
        """Read the string form; `ValueError` where it is not one."""
        platform, installation, channel, thread = _split(text, 4)
        return cls(_needed(platform, text), installation or "", _needed(channel, text), thread)


@dataclass(frozen=True, slots=True)
class MessageRef:
    """One message in a conversation."""

    conversation: ConversationRef
    message: str

    def encode(self) -> str:
        """The string form: that of the conversation, then the message."""
        return f"{self.conversation.encode()}:{_join(self.message)}"

    @classmethod
    def decode(cls, text: str) -> Self:
        """Read the string form; `ValueError` where it is not one."""
        conversation, _, message = text.rpartition(":")
        return cls(ConversationRef.decode(conversation), _needed(unquote(message) or None, text))
