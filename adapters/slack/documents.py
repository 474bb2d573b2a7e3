"""Files for one person: uploaded into the direct conversation, found again by their names, removed by their ids.

Slack answers with the file and not with the message that shows it, so the file's id stands for that message. Keys
cannot travel with a file either: the key is part of the name under which it is taken, not of the title that is read.
"""

from __future__ import annotations

from pathlib import PurePath

from adapters.slack.payloads import Payload, maybe, parts
from adapters.slack.teams import Team
from adapters.slack.words import escaped
from bot.chat.cards import Card, Document, said
from bot.chat.errors import PayloadRejected, Unavailable
from bot.chat.platform import Receipt
from bot.chat.refs import MessageRef

GONE = ("file_not_found", "file_deleted")


def document_of(card: Card) -> Document | None:
    """The file that a card consists of, where it does: a file is always a message of its own here."""
    match card.elements:
        case (Document() as document,):
            return document
        case _:
            return None


async def hand(team: Team, card: Card, document: Document, user: str, key: str, thread: str | None = None) -> Receipt:
    """Share `document` with this person alone; raises `PlatformError`s."""
    try:
        opened = await team.api.call("conversations.open", users=user)
        place = team.me.place(str(opened["channel"]["id"]), thread)
        file = await upload(team, _keyed(document.name, key), document.data, document.media_type)
    except Unavailable as problem:
        # Nothing was shared yet, whatever became of the upload.
        raise Unavailable(problem.operation, problem.detail, accepted=False) from problem
    title = said(card.title)
    await team.api.call(
        "files.completeUploadExternal",
        files=[{"id": file, "title": document.name}],
        channel_id=place.channel,
        thread_ts=thread,
        initial_comment=escaped(title) if title != document.name else None,
    )
    return Receipt("direct", MessageRef(place, file))


async def upload(team: Team, name: str, data: bytes, media_type: str, **more: str) -> str:
    """Send a file's bytes; the id of the file, which nobody sees before its upload is completed."""
    announced = await team.api.call("files.getUploadURLExternal", filename=name, length=len(data), **more)
    await team.api.upload(str(announced["upload_url"]), data, media_type)
    return str(announced["file_id"])


async def remove(team: Team, file: str) -> None:
    """Delete a file of ours with whatever shows it; one that is gone already is no error."""
    try:
        await team.api.call("files.delete", file=file)
    except PayloadRejected as problem:
        if problem.detail not in GONE:
            raise


def is_file(message: str) -> bool:
    """Whether this id of a message is the id of a file that stands for it: messages have a time instead."""
    return message.startswith("F")


def found_in(message: Payload, key: str) -> str | None:
    """The id of the file with this key in a message of ours."""
    for file in parts(message, "files"):
        if PurePath(maybe(file, "name") or "").stem.endswith(_mark(key)):
            return maybe(file, "id")
    return None


def _keyed(name: str, key: str) -> str:
    path = PurePath(name)
    return f"{path.stem}{_mark(key)}{path.suffix}"


def _mark(key: str) -> str:
    return f"-{key.replace('#', '_')}"
