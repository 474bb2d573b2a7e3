"""Reading payloads that nobody vouches for: every value is looked at before it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.chat.refs import AccountRef, ConversationRef, InstallationRef, MessageRef

PLATFORM = "slack"

Payload = Mapping[str, Any]


class Malformed(ValueError):
    """The payload lacks something that its kind always has."""


@dataclass(frozen=True, slots=True)
class Me:
    """Ourselves in one installation: how Slack names our bot there."""

    installation: InstallationRef
    user: str
    bot: str = ""
    app: str = ""

    def account(self, user: str) -> AccountRef:
        """The account of this user in the installation."""
        return AccountRef(PLATFORM, self.installation.installation, user)

    def place(self, channel: str, thread: str | None = None) -> ConversationRef:
        """The channel, or the thread of it."""
        return ConversationRef(PLATFORM, self.installation.installation, channel, thread)

    def message(self, channel: str, ts: str, thread: str | None) -> MessageRef:
        """The message `ts`; the first message of a thread belongs to the channel."""
        return MessageRef(self.place(channel, thread if thread != ts else None), ts)

    def is_author(self, message: Payload) -> bool:
        """Whether we wrote this message."""
        user, bot = message.get("user"), message.get("bot_id")
        return (user is not None and user == self.user) or (bool(self.bot) and bot == self.bot)


def maybe(payload: Payload, *path: str) -> str | None:
    """The text at `path`, without halves of characters; None where there is none, or an empty one."""
    found = _at(payload, path)
    return _whole(found) if isinstance(found, str) and found else None


def needed(payload: Payload, *path: str) -> str:
    """The text at `path`; `Malformed` where there is none."""
    found = maybe(payload, *path)
    if found is None:
        raise Malformed(f"the payload lacks {'.'.join(path)}")
    return found


def part(payload: Payload, *path: str) -> Payload:
    """The object at `path`; `Malformed` where there is none."""
    found = _at(payload, path)
    if not isinstance(found, Mapping):
        raise Malformed(f"the payload lacks {'.'.join(path)}")
    return found


def parts(payload: Payload, *path: str) -> list[Payload]:
    """The objects in the list at `path`; none where there is no list."""
    found = _at(payload, path)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def moment(ts: str) -> datetime:
    """The time in one of Slack's timestamps, such as `1700000000.000100`; `Malformed` for another text."""
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError) as problem:
        raise Malformed("a timestamp is no time") from problem


def _whole(text: str) -> str:
    """JSON can spell half a character, which can be neither sent nor stored; it is shown as one that is missing."""
    return text if text.isascii() else text.encode(errors="surrogatepass").decode(errors="replace")


def _at(payload: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        payload = payload.get(name) if isinstance(payload, Mapping) else None
    return payload
