"""What a conversation in Slack can do, from its kind, the granted scopes and the reading profile.

The numbers are those of Slack's reference of Block Kit: 50 blocks a message, header 150, ten thousand and more
characters a message (12,000 hold for all text blocks together), 25 elements in a row, button 75, 100
options of 75 with values of 150, a form of 100 blocks (its introduction is one) with a title and a submitting button
of 24, text inputs of 3,000.
"""

from __future__ import annotations

from dataclasses import replace

from adapters.slack.words import length
from bot.chat.capabilities import Capabilities, Limits
from bot.chat.refs import ConversationRef

LIMITS = Limits(
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
    form_submit=24,
    choice_value=150,
    file_size=100_000_000,
    measure=length,
)
HOME_LIMITS = replace(LIMITS, elements=99, message=100_000)
"""A home takes 100 blocks, its title among them, and no limit but that of the whole request is stated for its texts."""
PRIVATE_METADATA = 3000
READING_SCOPES = frozenset({"channels:history", "groups:history"})
"""Either lets messages of channels reach us: of public ones, of private ones."""


ECHO_SCOPE = "metadata.message:read"
"""Lets us see the keys of our own posts: Slack tells us of a post, and its metadata comes with the message."""


IMAGE_SCOPE = "files:write"
"""Lets us upload pictures, and files for one person."""


def is_direct(channel: str) -> bool:
    """Whether this is a direct conversation, or a person who stands for theirs."""
    return channel.startswith("D") or is_person(channel)


def is_person(channel: str) -> bool:
    """Whether this is a person, who stands for their direct conversation with us."""
    return channel.startswith(("U", "W"))


def capabilities(conversation: ConversationRef, scopes: frozenset[str], *, reads_replies: bool) -> Capabilities:
    """What `conversation` can do. `reads_replies` is the profile the administrator chose for channels.

    Where messages may be read at all, a post of ours is looked for among them. Elsewhere it is recognised by its
    echo, but only while this process runs: not knowing it proves nothing, so `finds_own_posts` is off.
    """
    direct = is_direct(conversation.channel)
    reads = "im:history" in scopes if direct else reads_replies and bool(READING_SCOPES & scopes)
    reached = not is_person(conversation.channel) or "im:write" in scopes
    return Capabilities(
        LIMITS,
        reads_replies=reads,
        ephemeral=not direct,
        threads=True,
        edits=True,
        deletes=True,
        reactions="reactions:write" in scopes,
        form_errors=True,
        completion=False,
        home=True,
        member_left="users:read" in scopes,
        finds_own_posts=reads and reached and ECHO_SCOPE in scopes,
        images=IMAGE_SCOPE in scopes,
        files={IMAGE_SCOPE, "im:write"} <= scopes,
        files_apart=True,
        home_limits=HOME_LIMITS,
    )
