"""What each platform shows differently, as a page: drawn from the capability tables and from what `fit` says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from adapters.discord.library import discord
from adapters.discord.limits import capabilities_in_direct, capabilities_with
from adapters.local.options import Options
from adapters.slack.limits import capabilities as slack_capabilities
from bot.chat.capabilities import Capabilities, Limits
from bot.chat.fit import Fitted
from bot.chat.refs import ConversationRef
from tests.gallery.platforms import PLATFORMS, SLACK_CHANNEL, Platform, fitted
from tests.gallery.sample import Sample
from tests.gallery.samples import catalogue, declared
from tests.wire.slack.world import EVERY_SCOPE

PAGE = Path(__file__).parents[2] / "docs" / "degradations.md"
NAMES = {"slack": "Slack", "discord": "Discord", "local": "local workspace"}
SHOWN = 4
"""Occasions that are named for one change."""
DIRECT = ConversationRef("slack", "T0ROWAN", "D0ANA")
ELSEWHERE: Mapping[str, tuple[str, str]] = {
    "reads_replies": (
        "replies in a thread reach Starling",
        "The question says to answer by button or mention; the first reply that cannot be read gets one note with the "
        "button. Answers are changed and withdrawn by button.",
    ),
    "ephemeral": (
        "a message for one person's eyes in a channel",
        "Feedback comes as a direct message only, without a short copy in the thread; what answers a click or a "
        "command is private all the same.",
    ),
    "threads": ("threads below a message", "Nothing hangs below a message; answers are given by its buttons."),
    "edits": ("a message can be changed", ""),
    "deletes": ("a message can be removed", ""),
    "reactions": ("a reaction on a message", "The reaction is left out; messages say the same in words."),
    "form_errors": (
        "a form shows what is wrong beside its inputs",
        "The form closes; a private card says what is wrong, with a button that opens it again filled in.",
    ),
    "completion": ("options are completed as one types", "A missing or unclear option opens a form with a select."),
    "home": ("a page of Starling's own for each person", "The command `home` and a button show the same as a message."),
    "member_left": (
        "Starling is told when somebody leaves",
        "Whether somebody is still there is looked up when it matters.",
    ),
    "finds_own_posts": (
        "a post can be found again by its key, or is proven absent",
        "After an interruption in mid-post an admin is asked whether the post is there, with a button to post it.",
    ),
    "images": ("pictures", "The description of a picture stands in its place."),
    "files": (
        "one person can be handed a file",
        "A sentence says how to get it, through an admin's command; it is never posted where others see it.",
    ),
    "files_apart": (
        "a file is a message of its own in the direct conversation",
        "It stands in the card that tells of it.",
    ),
    "menu_on_people": (
        "commands about a person stand in the menu on that person",
        "The command is typed, with the person as its option.",
    ),
    "roots_by_audience": (
        "commands that need a role stand apart, and others do not see them",
        "All commands stand under one; who lacks the role for one is told so.",
    ),
    "rating_as_choices": ("a rating is a row of choices", "A rating is a select whose options carry their anchors."),
}
"""Of each capability: what it is, and what happens where it is missing; empty where no platform lacks it."""
SIZES: Mapping[str, str] = {
    "text": "characters of one text",
    "message": "characters of one message",
    "elements": "elements of one card",
    "title": "characters of a title",
    "buttons_in_row": "buttons in a row",
    "button_label": "characters on a button",
    "choices": "choices of a select",
    "choice_label": "characters of a choice",
    "fields": "labelled values in one block",
    "form_inputs": "inputs of one form",
    "form_title": "characters of a form's title",
    "input_label": "characters of an input's label",
    "input_text": "characters entered in one input",
    "input_hint": "characters of an input's hint",
    "form_submit": "characters on the button that submits a form",
    "choice_value": "characters of a choice's value",
    "file_size": "bytes of one file",
    "parts": "elements and controls of one card together",
}
ALL, NONE = discord.Permissions.all(), discord.Permissions.none()
GRANTED = EVERY_SCOPE | {"files:write"}
PROFILES: Mapping[str, Sequence[Capabilities]] = {
    "Slack, channel": [
        slack_capabilities(SLACK_CHANNEL, scopes, reads_replies=reads)
        for scopes in (GRANTED, frozenset[str]())
        for reads in (True, False)
    ],
    "Slack, direct": [slack_capabilities(DIRECT, scopes, reads_replies=False) for scopes in (GRANTED, frozenset())],
    "Discord, channel": [
        capabilities_with(granted, reads_replies=reads) for granted in (ALL, NONE) for reads in (True, False)
    ],
    "Discord, direct": [capabilities_in_direct()],
    "local, channel": [Options().capabilities(direct=False)],
    "local, direct": [Options().capabilities(direct=True)],
}
"""Every kind of conversation, with everything granted and with nothing."""


def page() -> str:
    """The whole page."""
    lines = [
        "# What each platform shows differently",
        "",
        "Features build one card and one form for all platforms; `fit` shapes them to what a conversation can do (see",
        "[the chat model](chat-model.md)). This page is drawn from the capabilities that the adapters state and from",
        "every card and form of the product, and written by `STARLING_WRITE_GOLDEN=1 pytest tests/unit/gallery`.",
        "",
        "## What a conversation can do",
        "",
        "“If granted” depends on the permissions of the installation and on the reading profile its admin chose.",
        "",
        *_table(("", *PROFILES, "where it is missing"), _abilities()),
        "",
        "## How much fits",
        "",
        *_table(("", *(NAMES[platform.name] for platform in PLATFORMS)), _sizes()),
        "",
        "## What becomes of the product's cards and forms",
        "",
        *_table(("platform", "what changes", "where"), _changes()),
        "",
    ]
    return "\n".join(lines)


def _abilities() -> Iterator[Sequence[str]]:
    for each in fields(Capabilities):
        if each.name in ("limits", "home_limits"):
            continue
        what, instead = ELSEWHERE[each.name]
        yield what, *(_granted(each.name, profiles) for profiles in PROFILES.values()), instead


def _granted(name: str, profiles: Iterable[Capabilities]) -> str:
    found = {getattr(profile, name) for profile in profiles}
    return "if granted" if len(found) > 1 else "yes" if found == {True} else "no"


def _sizes() -> Iterator[Sequence[str]]:
    for each in fields(Limits):
        if each.name != "measure":
            yield SIZES[each.name], *(_size(getattr(platform.capabilities.limits, each.name)) for platform in PLATFORMS)
    homes = (platform.capabilities.at_home.limits for platform in PLATFORMS)
    yield "elements of a person's home, or of the message in its place", *(_size(home.elements) for home in homes)


def _size(value: int | None) -> str:
    return "no limit" if value is None else f"{value:,}" if value else "none"


def _changes() -> Iterator[Sequence[str]]:
    for platform in PLATFORMS:
        found: dict[str, list[str]] = {}
        for sample in catalogue():
            for change in _changed(sample, platform):
                found.setdefault(change, []).append(sample.name)
        for change, occasions in sorted(found.items()):
            yield NAMES[platform.name], change, _some(occasions)
        if not found:
            yield NAMES[platform.name], "nothing", "every card and form is shown whole"


def _changed(sample: Sample, platform: Platform) -> Iterator[str]:
    shown = fitted(sample, platform, declared())
    if isinstance(shown, Fitted):
        yield from (_any_number(note) for note in shown.notes)
    elif len(shown) > 1:
        yield f"a form is asked in {len(shown)} steps"


def _any_number(note: str) -> str:
    return re.sub(r"into \d+", "into several", note)


def _some(occasions: Sequence[str]) -> str:
    named = "; ".join(occasions[:SHOWN])
    return named if len(occasions) <= SHOWN else f"{named}; and {len(occasions) - SHOWN} more"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _row(head)
    yield "|" + "---|" * len(head)
    yield from map(_row, rows)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
