"""A word to an admin where the coach cannot work until somebody mends a setting: once for each key and cause."""

from __future__ import annotations

from hashlib import sha256

from bot.base.text import t
from bot.chat.cards import Card, Field, Fields, Paragraph
from bot.coach.config import PREFIX, CoachConfig
from bot.coach.reasons import Reason
from bot.feature.context import Context, ToMember
from bot.feature.declarations import Later, Outcome, Send
from bot.members.identity import NO_ADMIN, UNTIL_AN_ADMIN_COMES, admins_of
from bot.outbox.queue import enqueue
from storage.tables.outbox import Delivery

TROUBLE = "coach.trouble"


async def tell_admin(ctx: Context, config: CoachConfig, reason: Reason, detail: str) -> None:
    """Enqueue the word, unless it was said of this key, endpoint and model before. The key itself is not stored."""
    setting = f"{config.api_key.get_secret_value()} {config.base_url} {config.model}"
    mark = sha256(setting.encode()).hexdigest()[:16]
    await enqueue(
        ctx.session,
        workspace_id=ctx.workspace,
        kind=TROUBLE,
        subject_id=mark,
        due_at=ctx.now,
        key=f"{TROUBLE}:{reason.value}:{mark}",
        payload={"reason": reason.value, "detail": detail, "endpoint": config.endpoint, "model": config.model},
    )


async def prepare_trouble(ctx: Context, delivery: Delivery) -> Outcome:
    """The word, as soon as an admin is known."""
    admins = await admins_of(ctx.session)
    if not admins:
        return Later(ctx.now + UNTIL_AN_ADMIN_COMES, NO_ADMIN)
    payload = delivery.payload
    card = trouble_card(Reason(payload["reason"]), payload["endpoint"], payload["model"], payload["detail"])
    return Send(ToMember(admins[0]), card)


def trouble_card(reason: Reason, endpoint: str, model: str, detail: str) -> Card:
    """What is wrong, and which setting mends it."""
    if reason is Reason.KEY_REFUSED:
        sentence = t(
            "The service refused the key. Whoever runs Starling sets {setting} to a key that is allowed to use this "
            "model, and starts it again. Until then people get the rules only.",
            setting=f"{PREFIX}API_KEY",
        )
    else:
        sentence = t(
            "The service did not accept the request. Whoever runs Starling checks {model} and {address}: the model "
            "must exist there and give replies by a JSON schema. Until then people get the rules only.",
            model=f"{PREFIX}MODEL",
            address=f"{PREFIX}BASE_URL",
        )
    fields = (Field(t("Service"), endpoint), Field(t("Model"), model), Field(t("It answered"), detail))
    return Card(t("The coach cannot work."), (Paragraph(sentence), Fields(fields)))
