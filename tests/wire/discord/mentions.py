"""Whom a message notifies: the mentions in what can be read of it, as far as the sender allows them."""

from __future__ import annotations

import re
from typing import Any

from tests.wire.discord.validation import TEXT, everything

Payload = dict[str, Any]


def pinged(message: Payload, allowed: Payload | None) -> frozenset[str]:
    """User ids and "everyone"; without `allowed_mentions` every mention counts."""
    texts = [message.get("content") or ""]
    texts += [each["content"] for each in everything(message.get("components") or []) if each["type"] == TEXT]
    text = "\n".join(texts)
    parse = ["users", "roles", "everyone"] if allowed is None else allowed.get("parse", [])
    found: set[str] = set()
    if "everyone" in parse and re.search(r"(?<!\\)@(?:everyone|here)\b", text):
        found.add("everyone")
    users = set(re.findall(r"(?<!\\)<@!?(\d+)>", text))
    found |= users if "users" in parse else users & set((allowed or {}).get("users", []))
    return frozenset(found)
