"""Where a post was going, kept with its delivery: after a crash it is looked for, whatever its room wants by then."""

from __future__ import annotations

from typing import Any, cast

from bot.chat.platform import Audience, Fallback, InConversation, PrivateTo
from bot.chat.refs import AccountRef, ConversationRef
from bot.runtime.marks import SENT_TO
from storage.tables.outbox import Delivery


def keep(delivery: Delivery, audience: Audience) -> None:
    """Note in the transaction that says `sending` for whom the post is."""
    delivery.payload = {**delivery.payload, SENT_TO: _to_data(audience)}


def kept(delivery: Delivery) -> Audience | None:
    """For whom the post was; None for a delivery that was to edit or delete one."""
    data = delivery.payload.get(SENT_TO)
    return None if data is None else _from_data(data)


def _to_data(audience: Audience) -> dict[str, Any]:
    if isinstance(audience, InConversation):
        return {"conversation": audience.conversation.encode()}
    near = audience.near.encode() if audience.near is not None else None
    return {"account": audience.account.encode(), "near": near, "fallback": audience.fallback}


def _from_data(data: dict[str, Any]) -> Audience:
    if "conversation" in data:
        return InConversation(ConversationRef.decode(data["conversation"]))
    near = ConversationRef.decode(data["near"]) if data["near"] is not None else None
    return PrivateTo(AccountRef.decode(data["account"]), near, cast(Fallback, data["fallback"]))
