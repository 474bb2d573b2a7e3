"""What a conversation of Discord can do: the platform's limits, the profile and the permissions granted now.

Limits are those of Discord's reference of messages and components. A frame and the title take two of the forty
components and a few characters of the four thousand. Fields stand below each other. Labels of choices leave room for
the number of a rating. A file goes to one person, whose direct conversation takes 10 MiB whatever a server may.
"""

from __future__ import annotations

from adapters.discord.library import discord
from adapters.discord.markdown import measure
from bot.chat.capabilities import Capabilities, Limits

LIMITS = Limits(
    text=3800,
    message=3800,
    elements=38,
    title=256,
    buttons_in_row=5,
    button_label=80,
    choices=25,
    choice_label=96,
    fields=25,
    form_inputs=5,
    form_title=45,
    input_label=45,
    input_text=4000,
    input_hint=100,
    file_size=10 * 1024 * 1024,
    parts=38,
    measure=measure,
)


def capabilities_in_direct() -> Capabilities:
    """What the conversation with one person can do."""
    return _capabilities(reads=True, threads=False, reacts=True, finds=True, images=True)


def capabilities_with(permissions: discord.Permissions, *, reads_replies: bool) -> Capabilities:
    """What a channel or thread of a server can do with these permissions."""
    return _capabilities(
        reads=reads_replies,
        threads=permissions.create_public_threads and permissions.send_messages_in_threads,
        reacts=permissions.add_reactions and permissions.read_message_history,
        finds=permissions.read_message_history,
        images=permissions.attach_files,
    )


def _capabilities(*, reads: bool, threads: bool, reacts: bool, finds: bool, images: bool) -> Capabilities:
    return Capabilities(
        limits=LIMITS,
        reads_replies=reads,
        ephemeral=False,
        threads=threads,
        edits=True,
        deletes=True,
        reactions=reacts,
        form_errors=False,
        completion=True,
        home=False,
        member_left=False,
        finds_own_posts=finds,
        images=images,
        files=True,
        menu_on_people=True,
        roots_by_audience=True,
        rating_as_choices=False,
    )
