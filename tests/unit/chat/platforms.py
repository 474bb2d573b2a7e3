"""What fitting is proven against: the adapters' own limits, and an artificial platform that is narrow everywhere."""

from __future__ import annotations

from adapters.discord.limits import LIMITS as DISCORD_LIMITS
from adapters.slack.limits import LIMITS as SLACK_LIMITS
from bot.chat.capabilities import Capabilities, Limits

SLACK = Capabilities(
    SLACK_LIMITS,
    reads_replies=True,
    ephemeral=True,
    threads=True,
    edits=True,
    deletes=True,
    reactions=True,
    form_errors=True,
    completion=False,
    home=True,
    member_left=True,
    finds_own_posts=True,
    images=True,
    files=True,
    files_apart=True,
)

DISCORD = Capabilities(
    DISCORD_LIMITS,
    reads_replies=False,
    ephemeral=True,
    threads=True,
    edits=True,
    deletes=True,
    reactions=True,
    form_errors=False,
    completion=True,
    home=False,
    member_left=False,
    finds_own_posts=True,
    images=True,
    files=True,
    rating_as_choices=False,
)

NARROW = Capabilities(
    Limits(
        text=60,
        message=130,
        elements=3,
        title=20,
        buttons_in_row=2,
        button_label=8,
        choices=3,
        choice_label=8,
        fields=2,
        form_inputs=2,
        form_title=14,
        input_label=12,
        input_text=30,
        input_hint=12,
        form_submit=8,
        parts=6,
    ),
    reads_replies=False,
    ephemeral=False,
    threads=False,
    edits=False,
    deletes=False,
    reactions=False,
    form_errors=False,
    completion=False,
    home=False,
    member_left=False,
    finds_own_posts=False,
    images=False,
)
"""No real platform: so narrow that every rule of fitting is at work at once."""

ALL = {"slack": SLACK, "discord": DISCORD, "narrow": NARROW}
