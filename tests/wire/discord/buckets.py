"""Rate limits: a bucket for each route and channel, told in the headers of every answer."""

from __future__ import annotations

import re
import time
import zlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Taken:
    """What a bucket says of one call: the headers, and how long to wait where it is refused."""

    headers: dict[str, str]
    wait: float | None = None


class Buckets:
    """Every bucket takes `size` calls in `window` seconds; answers to interactions and log-ins have none."""

    def __init__(self, size: int = 5, window: float = 5.0) -> None:
        self.size = size
        self.window = window
        self.refused = 0
        self._used: dict[str, tuple[int, float]] = {}

    def take(self, method: str, path: str) -> Taken:
        """Count one call."""
        if path.startswith(("interactions/", "gateway", "oauth2", "users/@me")):
            return Taken({})
        route = re.sub(r"(?<=/messages/)\d+", ":id", path)
        if not path.startswith(("channels/", "webhooks/")):
            route = re.sub(r"\d{15,}", ":id", route)
        key, now = f"{method} {route}", time.time()
        used, reset = self._used.get(key, (0, 0.0))
        if now >= reset:
            used, reset = 0, now + self.window
        over = used >= self.size
        used = min(used + 1, self.size)
        self._used[key] = (used, reset)
        bucket = zlib.crc32(re.sub(r"\d{15,}", ":id", key).encode())
        headers = {
            "X-RateLimit-Limit": str(self.size),
            "X-RateLimit-Remaining": str(self.size - used),
            "X-RateLimit-Reset": f"{reset:.3f}",
            "X-RateLimit-Reset-After": f"{max(0.0, reset - now):.3f}",
            "X-RateLimit-Bucket": f"{bucket:08x}",
        }
        self.refused += over
        return Taken(headers, max(0.001, reset - now) if over else None)
