"""A local chat workspace: the demo, the tests' platform without a wire, and the reference for adapters.

Nothing heavy is imported before a platform is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from bot.base.clock import Clock
from bot.base.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.chat.platform import ChatPlatform


def adapter(settings: Mapping[str, str], clock: Clock) -> ChatPlatform | None:
    """The local workspace as the settings describe it; None where none is wanted.

    `STARLING_LOCAL_FOLDER`: a workspace in this process, kept in that folder and served on 127.0.0.1 at
    `STARLING_LOCAL_PORT` (8321 unless given, 0 for any free one).
    `STARLING_LOCAL_URL` with `STARLING_LOCAL_SECRET`: a workspace in another process, by its address and the
    file that holds its secret.
    """
    url, folder = settings.get("STARLING_LOCAL_URL"), settings.get("STARLING_LOCAL_FOLDER")
    if url:
        from adapters.local.remote import connect_to

        secret = settings.get("STARLING_LOCAL_SECRET")
        if not secret:
            raise ConfigurationError("STARLING_LOCAL_URL needs STARLING_LOCAL_SECRET, the file with its secret")
        return connect_to(url, Path(secret))
    if not folder:
        return None
    from adapters.local.server.serving import open_and_serve

    return open_and_serve(Path(folder), _port(settings), clock, settings.get("STARLING_LOCAL_HOST", "127.0.0.1"))


def _port(settings: Mapping[str, str]) -> int:
    port = settings.get("STARLING_LOCAL_PORT", "8321")
    if not port.isdigit() or int(port) > 65535:
        raise ConfigurationError(f"STARLING_LOCAL_PORT is {port!r}, it must be a number from 0 to 65535")
    return int(port)
