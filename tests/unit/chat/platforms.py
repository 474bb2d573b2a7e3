"""The limits of real platforms, so that fitting is proven against them before their adapters stand.

Slack: reference of Block Kit (docs.slack.dev, "Blocks", "Block elements", "Composition objects", "Views"):
50 blocks a message, header 150, section text 3,000, ten fields, 25 elements in an actions block, button 75,
100 options of 75 each, modal title 24, input 3,000, hint 2,000; a message's text is shortened beyond 40,000, of
which 12,000 hold for all text blocks together. `&`, `<` and `>` are sent as entities.
Discord: reference of components and messages (discord.com/developers): 40 components a message, nested ones
included, 4,000 characters over all text displays, five buttons a row, button 80, 25 options of 100 each, modal
title 45, five components in a modal, label 45, its description 100, text input 4,000. Marks of Markdown are
sent with a backslash.
"""

from __future__ import annotations

from bot.chat.capabilities import Capabilities, Limits


def slack_length(text: str) -> int:
    return len(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))


def discord_length(text: str) -> int:
    return len(text) + sum(text.count(mark) for mark in "\\*_~`|>#-[]()")


SLACK = Capabilities(
    Limits(
        text=3000,
        message=12_000,
        elements=49,
        title=150,
        buttons_in_row=25,
        button_label=75,
        choices=100,
        choice_label=75,
        fields=10,
        form_inputs=98,
        form_title=24,
        input_label=2000,
        input_text=3000,
        input_hint=2000,
        measure=slack_length,
    ),
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
)

DISCORD = Capabilities(
    Limits(
        text=4000,
        message=4000,
        elements=38,
        title=256,
        buttons_in_row=5,
        button_label=80,
        choices=25,
        choice_label=100,
        fields=0,
        form_inputs=5,
        form_title=45,
        input_label=45,
        input_text=4000,
        input_hint=100,
        parts=38,
        measure=discord_length,
    ),
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
