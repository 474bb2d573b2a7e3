"""What can be set about answers."""

from __future__ import annotations

from typing import Literal

from bot.base.settings import Setting
from bot.base.text import t

FEEDBACK_PLACE: Setting[str] = Setting(
    "answers.feedback_place", Literal["private", "thread"], "private", ("channel", "workspace"),  # type: ignore[arg-type]
    t("Where feedback on a thread answer appears: private or thread"),
)  # fmt: skip
OTHERS_AFTER_OWN: Setting[bool] = Setting(
    "answers.others_after_own", bool, True, ("channel", "workspace"),
    t("Others' private answers can be read only after one's own"),
)  # fmt: skip
