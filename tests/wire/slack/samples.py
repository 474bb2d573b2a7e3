"""One payload of every kind that Slack sends, as real ones look."""

from __future__ import annotations

from typing import Any

from tests.wire.slack import payloads
from tests.wire.slack.world import BOT, BOT_USER, Channel, Message

CHANNEL = Channel("C0PRACTICE", "interview-practice")
DIRECT = Channel("D0ANA", "direct", kind="im", person="U0ANA")
SAID = Message("C0PRACTICE", "1700000000.000100", "U0ANA", "We shipped it.", thread="1699999999.000001")
WITH_FILE = Message("D0ANA", "1700000001.000100", "U0ANA", "", files=("answer.ogg",))
MENTION = Message(
    "C0PRACTICE", "1700000002.000100", "U0ANA", f"<@{BOT_USER}> We &lt;shipped&gt; <https://example.org|it>."
)
OURS = Message(
    "C0PRACTICE",
    "1699999999.000001",
    BOT_USER,
    "Today's question",
    bot=BOT,
    metadata={"event_type": "starling_post", "event_payload": {"key": "key-1"}},
)
BUTTON = {"type": "button", "action_id": "pressed~1~q1", "text": {"type": "plain_text", "text": "Answer"}}
SELECT = {"type": "static_select", "action_id": "pressed~1~level"}
CHOSEN = {"text": {"type": "plain_text", "text": "Level 4"}, "value": "L4"}
VIEW = {
    "id": "V1",
    "type": "modal",
    "callback_id": "form~1~draft~0",
    "private_metadata": "slack:T0STANDIN:C0PRACTICE:",
    "title": {"type": "plain_text", "text": "Your answer"},
    "blocks": [{"type": "input", "block_id": "situation", "element": {"type": "plain_text_input"}}],
}
ENTERED = {
    "situation": {"value": {"type": "plain_text_input", "value": "We were late."}},
    "level": {"value": {"type": "static_select", "selected_option": CHOSEN}},
    "kinds": {"value": {"type": "multi_static_select", "selected_options": [CHOSEN]}},
    "mentor": {"value": {"type": "users_select", "selected_user": "U0BOB"}},
}
EVENTS: list[dict[str, Any]] = [
    payloads.message_event(SAID, CHANNEL, with_metadata=False),
    payloads.message_event(WITH_FILE, DIRECT, with_metadata=False),
    payloads.mention_event(MENTION),
    payloads.changed_event(SAID, CHANNEL, SAID.json() | {"text": "We did."}),
    payloads.deleted_event(SAID, CHANNEL),
    payloads.tombstone_event(SAID, CHANNEL),
    payloads.message_event(OURS, CHANNEL, with_metadata=True),
    payloads.metadata_event(OURS, BOT),
    {"type": "channel_rename", "channel": {"id": "C1", "name": "new", "created": 1}, "event_ts": "1700000000.1"},
    {"type": "channel_archive", "channel": "C1", "user": "U0ANA", "event_ts": "1700000000.1"},
    {"type": "member_left_channel", "channel": "C1", "user": BOT_USER, "event_ts": "1700000000.1"},
    {"type": "user_change", "user": {"id": "U0ANA", "deleted": True}, "event_ts": "1700000000.1"},
    {"type": "app_home_opened", "user": "U0ANA", "tab": "home", "event_ts": "1700000000.1"},
    {"type": "app_uninstalled"},
    {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}},
]
INTERACTIONS: list[dict[str, Any]] = [
    payloads.pressed(OURS, payloads.action_of(BUTTON), "U0ANA", "t1", "http://127.0.0.1:9/respond/1"),
    payloads.pressed(OURS, payloads.action_of(SELECT, CHOSEN), "U0ANA", "t2", "http://127.0.0.1:9/respond/2"),
    payloads.pressed_at_home({"id": "V1", "type": "home"}, payloads.action_of(BUTTON), "U0ANA", "t3"),
    payloads.message_shortcut("a.score~1", SAID, "U0ANA", "t4", "http://127.0.0.1:9/respond/4"),
    payloads.global_shortcut("a.text~1", "U0ANA", "t5"),
    payloads.submitted(VIEW, ENTERED, "U0ANA", "t6"),
    payloads.closed(VIEW, "U0ANA", "t8"),
    payloads.suggestion("pressed~1~level", "Lev", "U0ANA", "t9"),
]
COMMANDS: list[dict[str, Any]] = [
    payloads.slash("/starling", "guide archetype <@U0BOB|bob>", "U0ANA", CHANNEL, "t7", "http://127.0.0.1:9/respond/7"),
]
REAL = [*map(payloads.event_callback, EVENTS), *INTERACTIONS, *COMMANDS]
