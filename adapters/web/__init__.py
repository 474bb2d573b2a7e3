"""Pages in a browser for what is too large for chat: rooms' page models as HTML, without scripts.

Nothing heavy is imported before a server is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.chat.page_port import PageServer


def serve(host: str, port: int, address: str) -> PageServer:
    """A server of pages that has taken `port` (0: any free one) and is reached under `address`.

    Without an address it is reached directly, which only this computer can do.
    """
    from adapters.web.serving import WebServer

    return WebServer(host, port, address)
