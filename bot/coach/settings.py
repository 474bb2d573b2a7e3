"""What admins of a workspace can set about the coach: a smaller budget than the operator allows."""

from __future__ import annotations

from bot.base.settings import Setting
from bot.base.text import t

DAILY_TOKENS: Setting[int | None] = Setting(
    "coach.daily_tokens", int | None, None, ("workspace",), t("Tokens the coach may use in a day")  # type: ignore[arg-type]
)  # fmt: skip
DAILY_CENTS: Setting[int | None] = Setting(
    "coach.daily_cents", int | None, None, ("workspace",), t("US cents the coach may cost in a day")  # type: ignore[arg-type]
)  # fmt: skip
