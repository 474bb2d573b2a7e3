"""Where pages are served, and under which address people reach them."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from adapters.local import adapter
from adapters.web import serve
from adapters.web.serving import WebServer, public_address
from bot.base.clock import SystemClock
from bot.base.errors import ConfigurationError
from bot.chat.page_port import Pages


@pytest.mark.parametrize(
    ("host", "given", "address"),
    [
        ("127.0.0.1", "", ""),
        ("::1", "", ""),
        ("0.0.0.0", "https://Pages.Example.org/", "https://pages.example.org"),
        ("0.0.0.0", "https://pages.example.org:8443", "https://pages.example.org:8443"),
        ("0.0.0.0", "https://pages.example.org:443", "https://pages.example.org"),
        ("127.0.0.1", "http://localhost:8323", "http://localhost:8323"),
    ],
)
def test_an_address_is_an_origin(host: str, given: str, address: str) -> None:
    assert public_address(host, given) == address


@pytest.mark.parametrize(
    "given",
    [
        "pages.example.org",
        "ftp://pages.example.org",
        "https://",
        "https://me:secret@pages.example.org",
        "https://pages.example.org/starling",
        "https://pages.example.org?x",
        "https://pages.example.org#x",
        "http://pages.example.org",
        "https://pages.example.org:port",
        "",
    ],
)
def test_what_is_no_address_people_can_safely_use_is_refused(given: str) -> None:
    with pytest.raises(ConfigurationError, match="STARLING_PAGES_ADDRESS"):
        public_address("0.0.0.0", given)


async def test_without_an_address_it_is_that_of_the_port_that_was_taken() -> None:
    server = WebServer("127.0.0.1", 0)
    assert server.address == f"http://127.0.0.1:{server.port}"
    await server.stop()


async def test_a_port_that_is_taken_is_named() -> None:
    first = WebServer("127.0.0.1", 0)
    with pytest.raises(ConfigurationError, match=f"STARLING_PAGES_BIND: port {first.port} of 127.0.0.1"):
        serve("127.0.0.1", first.port, "")
    await first.stop()


async def test_a_server_that_cannot_begin_says_so() -> None:
    server = WebServer("127.0.0.1", 0)
    server._socket.close()
    with pytest.raises((OSError, ValueError)):
        await server.start(cast(Pages, None))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "203.0.113.9", "example.org"])
def test_the_local_workspace_is_served_on_this_computer_alone_whatever_is_set(host: str, tmp_path: Path) -> None:
    settings = {"STARLING_LOCAL_FOLDER": str(tmp_path), "STARLING_LOCAL_PORT": "0", "STARLING_LOCAL_HOST": host}
    with pytest.raises(ConfigurationError, match=r"127\.0\.0\.1 only"):
        adapter(settings, SystemClock())
