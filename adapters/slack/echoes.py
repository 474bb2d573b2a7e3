"""What Slack told us of our own posts, by their keys, as long as this process runs."""

from __future__ import annotations

from collections import OrderedDict

from adapters.slack.parse_events import Echo

LARGEST = 10_000


class Echoes:
    """Remembers where the latest posts landed."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], Echo] = OrderedDict()

    def keep(self, installation: str, echo: Echo) -> None:
        """Remember this one; the oldest is forgotten when there are too many."""
        self._kept[installation, echo.key] = echo
        while len(self._kept) > LARGEST:
            self._kept.popitem(last=False)

    def find(self, installation: str, key: str) -> Echo | None:
        """The post with this key, if Slack told us of it."""
        return self._kept.get((installation, key))
