"""The methods of the Web API, worked on the world. Each takes its arguments and returns its answer."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.wire.slack import reading
from tests.wire.slack.blocks import complaints, modal_complaints
from tests.wire.slack.credentials import Credentials, PostLimits, Refused
from tests.wire.slack.files import Files
from tests.wire.slack.world import APP, BOT, BOT_USER, TEAM, Channel, Message, World

Arguments = Mapping[str, Any]
SCOPES = {
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "conversations.open": "im:write",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "files.delete": "files:write",
    "reactions.add": "reactions:write",
    "reactions.remove": "reactions:write",
    "users.info": "users:read",
}
HISTORY = frozenset({"conversations.history", "conversations.replies"})
KNOWN_EMOJI = frozenset({"eyes", "white_check_mark", "hourglass_flowing_sand"})
LONGEST_TEXT = 40_000
DEEPEST = 3


@dataclass
class View:
    """A modal that stands open before a person, with the sentences beside its inputs and what was entered."""

    json: dict[str, Any]
    errors: dict[str, str] = field(default_factory=dict)
    state: dict[str, Any] = field(default_factory=dict)


class Methods:
    """Works calls. `caused` collects the events that a call causes, as pairs of kind and payload's event."""

    def __init__(self, world: World, credentials: Credentials, limits: PostLimits | None) -> None:
        self.world = world
        self.credentials = credentials
        self.limits = limits
        self.team = TEAM
        """Whose token the call at hand was made with."""
        self.views: dict[str, list[View]] = {}
        self.files = Files()
        self.history_allowed = False
        """Whether the history may be read now: only the look for a post of our own may."""
        self.history_page = reading.LARGEST_PAGE
        """The most messages on a page, whatever is asked for."""
        self.history_calls: list[str] = []
        """Calls that read the history though they must not."""
        self.caused: list[tuple[str, Message, dict[str, Any] | None]] = []
        """What happened to messages of ours: `posted`, `changed` or `deleted`, with the message as it was before."""

    def work(self, method: str, arguments: Arguments) -> dict[str, Any]:
        """The answer; `Refused` where Slack would refuse."""
        if method in HISTORY and not self.history_allowed:
            self.history_calls.append(method)
            raise Refused("history_must_not_be_read")
        function = getattr(self, "_" + method.replace(".", "_"), None)
        if function is None:
            raise Refused("unknown_method", req_method=method)
        needed = SCOPES.get(method)
        if needed is not None and needed not in self.world.scopes:
            raise Refused("missing_scope", needed=needed, provided=",".join(sorted(self.world.scopes)))
        answer: dict[str, Any] = function(arguments)
        return {"ok": True} | answer

    def _auth_test(self, _: Arguments) -> dict[str, Any]:
        return {
            "url": "https://stand-in.example.com/",
            "team": "Stand-in" if self.team == TEAM else self.team.title(),
            "team_id": self.team,
            "user": "starling",
            "user_id": BOT_USER,
            "bot_id": BOT,
            "is_enterprise_install": False,
        }

    def _files_getUploadURLExternal(self, given: Arguments) -> dict[str, Any]:  # noqa: N802
        return self.files.announce(given)

    def _files_completeUploadExternal(self, given: Arguments) -> dict[str, Any]:  # noqa: N802
        """A file that is shared stands in a message of ours, of which the answer says nothing."""
        shared = self._writable({"channel": given["channel_id"]}) if given.get("channel_id") else None
        if shared is None and (given.get("initial_comment") or given.get("thread_ts")):
            raise Refused("invalid_channel")
        if shared is not None and str(given["channel_id"]) in self.world.people:
            raise Refused("invalid_channel")
        answer = self.files.complete(given)
        if shared is not None:
            said = {"text": given.get("initial_comment") or "", "thread_ts": given.get("thread_ts")}
            shares = tuple((each["id"], self.files.kept[each["id"]].name) for each in answer["files"])
            message = self._store(shared, said, shares=shares)
            self.caused.append(("posted", message, None))
        return answer

    def _files_delete(self, given: Arguments) -> dict[str, Any]:
        """The file goes, from the messages that show it too: what is said beside it stays."""
        file = self.files.delete(given)
        for message in self.world.messages:
            message.shares = tuple(each for each in message.shares if each[0] != file)
        return {}

    def _conversations_info(self, given: Arguments) -> dict[str, Any]:
        return reading.about(self.world, given)

    def _conversations_open(self, given: Arguments) -> dict[str, Any]:
        return reading.opened(self.world, given)

    def _conversations_history(self, given: Arguments) -> dict[str, Any]:
        return reading.history(self.world, given, self.history_page)

    def _conversations_replies(self, given: Arguments) -> dict[str, Any]:
        return reading.replies(self.world, given, self.history_page)

    def _chat_postMessage(self, given: Arguments) -> dict[str, Any]:  # noqa: N802
        channel = self._writable(given)
        self._check_content(given)
        if self.limits is not None:
            self.limits.take(channel.id)
        metadata = given.get("metadata")
        if metadata is not None and not (metadata.get("event_type") and isinstance(metadata["event_payload"], dict)):
            raise Refused("invalid_metadata_format")
        message = self._store(channel, given, metadata=metadata)
        self.caused.append(("posted", message, None))
        warning = {"warning": "message_truncated"} if len(given.get("text") or "") > LONGEST_TEXT else {}
        return {"channel": channel.id, "ts": message.ts, "message": message.json()} | warning

    def _chat_postEphemeral(self, given: Arguments) -> dict[str, Any]:  # noqa: N802
        channel = self._writable(given)
        self._check_content(given)
        if given.get("user") not in self.world.people:
            raise Refused("user_not_in_channel")
        return {"message_ts": self._store(channel, given, only_for=given["user"]).ts}

    def _chat_update(self, given: Arguments) -> dict[str, Any]:
        channel, message = self._writable(given), self._own(given, "cant_update_message")
        self._check_content(given)
        before = message.json()
        message.text, message.blocks = (given.get("text") or "")[:LONGEST_TEXT], list(given.get("blocks") or [])
        self.caused.append(("changed", message, before))
        return {"channel": channel.id, "ts": message.ts, "text": message.text}

    def _chat_delete(self, given: Arguments) -> dict[str, Any]:
        channel, message = self._writable(given), self._own(given, "cant_delete_message")
        self.world.messages.remove(message)
        self.caused.append(("deleted", message, message.json()))
        return {"channel": channel.id, "ts": message.ts}

    def _reactions_add(self, given: Arguments) -> dict[str, Any]:
        message, reaction = self._reacted(given)
        if reaction in message.reactions:
            raise Refused("already_reacted")
        message.reactions.add(reaction)
        return {}

    def _reactions_remove(self, given: Arguments) -> dict[str, Any]:
        message, reaction = self._reacted(given)
        if reaction not in message.reactions:
            raise Refused("no_reaction")
        message.reactions.remove(reaction)
        return {}

    def _users_info(self, given: Arguments) -> dict[str, Any]:
        person = self.world.people.get(str(given.get("user")))
        if person is None:
            raise Refused("user_not_found")
        user = person.json()
        if str(given.get("include_locale")) not in ("1", "true", "True"):
            del user["locale"]
        return {"user": user}

    def _views_open(self, given: Arguments) -> dict[str, Any]:
        user = self.credentials.take_trigger(given.get("trigger_id"))
        _check_view(given.get("view"))
        stack = self.views.setdefault(user, [])
        if len(stack) >= DEEPEST:
            raise Refused("push_limit_reached")
        stack.append(View(self.new_view(given["view"])))
        return {"view": stack[-1].json}

    def _views_publish(self, given: Arguments) -> dict[str, Any]:
        view, user = given.get("view"), str(given.get("user_id"))
        if user not in self.world.people:
            raise Refused("user_not_found")
        if not isinstance(view, Mapping) or view.get("type") != "home":
            raise Refused("invalid_arguments")
        if bad := complaints(view.get("blocks", ()), "home") or self.files.complaints(view.get("blocks", ())):
            raise Refused("invalid_arguments", response_metadata={"messages": bad})
        self.world.homes[user] = self.new_view(dict(view))
        return {"view": self.world.homes[user]}

    def new_view(self, view: Mapping[str, Any]) -> dict[str, Any]:
        """`view` with what Slack adds to it."""
        return {**view, "id": "V" + uuid.uuid4().hex[:9].upper(), "team_id": TEAM, "app_id": APP, "bot_id": BOT}

    def _check_content(self, given: Arguments) -> None:
        blocks = given.get("blocks") or ()
        if not given.get("text") and not blocks:
            raise Refused("no_text")
        if bad := complaints(blocks, "message") or self.files.complaints(blocks):
            error = "msg_blocks_too_long" if "msg_blocks_too_long" in bad else "invalid_blocks"
            raise Refused(error, errors=bad, response_metadata={"messages": [f"[ERROR] {each}" for each in bad]})

    def _store(self, channel: Channel, given: Arguments, **more: Any) -> Message:
        message = Message(
            channel=channel.id,
            ts=self.world.new_ts(),
            user=BOT_USER,
            text=(given.get("text") or "")[:LONGEST_TEXT],
            thread=given.get("thread_ts"),
            blocks=list(given.get("blocks") or []),
            bot=BOT,
            **more,
        )
        self.world.messages.append(message)
        return message

    def _writable(self, given: Arguments) -> Channel:
        name = str(given.get("channel"))
        if name in self.world.people and not self.world.people[name].is_bot:
            if self.world.people[name].deleted:
                raise Refused("user_disabled")
            return self.world.direct(name)
        channel = self.world.channels.get(name)
        if channel is None:
            raise Refused("channel_not_found")
        if channel.archived:
            raise Refused("is_archived")
        if not channel.bot_is_member:
            raise Refused("not_in_channel" if channel.kind == "channel" else "channel_not_found")
        return channel

    def _own(self, given: Arguments, refusal: str) -> Message:
        message = self.world.find(str(given.get("channel")), str(given.get("ts")))
        if message is None or message.only_for is not None:
            raise Refused("message_not_found")
        if message.user != BOT_USER:
            raise Refused(refusal)
        return message

    def _reacted(self, given: Arguments) -> tuple[Message, tuple[str, str]]:
        self._writable(given)
        message = self.world.find(str(given.get("channel")), str(given.get("timestamp")))
        if message is None:
            raise Refused("message_not_found")
        if given.get("name") not in KNOWN_EMOJI:
            raise Refused("invalid_name")
        return message, (BOT_USER, str(given["name"]))


def _check_view(view: Any) -> None:
    if not isinstance(view, Mapping) or view.get("type") != "modal":
        raise Refused("invalid_arguments")
    if bad := modal_complaints(view):
        raise Refused("invalid_arguments", response_metadata={"messages": [f"[ERROR] {each}" for each in bad]})
