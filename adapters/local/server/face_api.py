"""What a page can ask for and do, each in the name of one person of the cast."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from adapters.local.cast import Person
from adapters.local.completion import suggestions
from adapters.local.questions import PATIENCE
from adapters.local.server.live import updates
from adapters.local.server.views import message_view, state_view
from adapters.local.workspace import Workspace
from bot.base.clock import MovedClock
from bot.base.errors import UserFacingError
from bot.base.text import render, t
from bot.chat.refs import MessageRef

LARGEST_BODY = 2_000_000
SVG_POLICY = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}


class Said(BaseModel):
    """A new message."""

    model_config = ConfigDict(extra="forbid")
    channel: str
    thread: str | None = None
    text: str
    files: list[str] = []


class Changed(BaseModel):
    """A message's new text."""

    model_config = ConfigDict(extra="forbid")
    text: str


class Acted(BaseModel):
    """A button or select that was used: on a message, or on the home without one."""

    model_config = ConfigDict(extra="forbid")
    message: str | None
    thread: str | None = None
    """The thread in which the control was used; its first message stands in the channel as well."""
    action: str
    chosen: list[str] = []


class Commanded(BaseModel):
    """A command; `line` begins with its slash."""

    model_config = ConfigDict(extra="forbid")
    channel: str
    thread: str | None = None
    line: str


class Submitted(BaseModel):
    """What was entered in the open form."""

    model_config = ConfigDict(extra="forbid")
    values: dict[str, list[str]]


class Seen(BaseModel):
    """Everything up to message `last` has been seen."""

    model_config = ConfigDict(extra="forbid")
    channel: str
    thread: str | None = None
    last: int


class Moved(BaseModel):
    """The clock is to be moved forward."""

    model_config = ConfigDict(extra="forbid")
    hours: int = Field(ge=1, le=24 * 366)


Handler = Callable[[Request, Person], Awaitable[Response]]


class FaceApi:
    """The endpoints of the page, under `/api/{person}`."""

    def __init__(self, workspace: Workspace, closing: asyncio.Event) -> None:
        self._workspace = workspace
        self._closing = closing

    def routes(self) -> list[Route]:
        """Every endpoint there is."""
        table: list[tuple[str, str, Handler]] = [
            ("GET", "state", self._state),
            ("GET", "live", self._live),
            ("GET", "messages", self._messages),
            ("POST", "messages", self._say),
            ("PATCH", "messages/{message:int}", self._edit),
            ("DELETE", "messages/{message:int}", self._delete),
            ("DELETE", "messages/{message:int}/copy", self._dismiss),
            ("POST", "actions", self._act),
            ("POST", "commands", self._command),
            ("GET", "completions", self._complete),
            ("POST", "form", self._submit),
            ("DELETE", "form", self._cancel),
            ("POST", "home", self._open_home),
            ("POST", "seen", self._seen),
            ("POST", "clock", self._move_clock),
            ("GET", "images/{image}", self._image),
            ("GET", "messages/{message:int}/documents/{name}", self._document),
        ]
        return [
            Route(f"/api/{{person}}/{path}", self._for_person(handler), methods=[method])
            for method, path, handler in table
        ]

    def _for_person(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            person = self._workspace.roster.find(request.path_params["person"])
            if person is None or person.is_bot or person.left:
                return JSONResponse({"problem": "There is no such person."}, status_code=404)
            if int(request.headers.get("content-length", "0")) > LARGEST_BODY:
                problem = render(t("This is too long to send."), person.language)
                return JSONResponse({"problem": problem}, status_code=413)
            try:
                return await handler(request, person)
            except UserFacingError as problem:
                return JSONResponse({"problem": render(problem.text, person.language)}, status_code=400)
            except (ValidationError, ValueError, KeyError) as problem:
                return JSONResponse({"problem": f"The page sent something unknown: {problem}"}, status_code=422)

        return answer

    async def _state(self, request: Request, person: Person) -> Response:
        return JSONResponse(state_view(self._workspace, person))

    async def _live(self, request: Request, person: Person) -> Response:
        after = int(request.headers.get("last-event-id") or request.query_params.get("after", "0"))
        stream = updates(self._workspace, person, after, self._closing)
        return StreamingResponse(stream, media_type="text/event-stream")

    async def _messages(self, request: Request, person: Person) -> Response:
        channel, thread = request.query_params["channel"], request.query_params.get("thread")
        found = self._workspace.seen_by(person.id, channel, thread)
        root = self._workspace.messages.get(thread) if thread else None
        if root is not None and self._workspace.messages.may_see(person.id, root):
            found = [root, *found]
        return JSONResponse([message_view(self._workspace, person, message) for message in found])

    async def _say(self, request: Request, person: Person) -> Response:
        said = Said.model_validate_json(await request.body())
        message = await self._workspace.say(person.id, said.channel, said.text, said.thread, said.files)
        return JSONResponse({"id": int(message.message)}, status_code=201)

    async def _edit(self, request: Request, person: Person) -> Response:
        changed = Changed.model_validate_json(await request.body())
        await self._workspace.edit(person.id, self._message(request), changed.text)
        return Response(status_code=204)

    async def _delete(self, request: Request, person: Person) -> Response:
        await self._workspace.delete(person.id, self._message(request))
        return Response(status_code=204)

    async def _dismiss(self, request: Request, person: Person) -> Response:
        await self._workspace.dismiss(person.id, self._message(request))
        return Response(status_code=204)

    async def _act(self, request: Request, person: Person) -> Response:
        acted = Acted.model_validate_json(await request.body())
        if acted.message is None:
            await self._workspace.act_at_home(person.id, acted.action, tuple(acted.chosen))
        else:
            reference = self._reference(acted.message)
            await self._workspace.act(person.id, reference, acted.action, tuple(acted.chosen), acted.thread)
        return await self._taken(person)

    async def _command(self, request: Request, person: Person) -> Response:
        given = Commanded.model_validate_json(await request.body())
        root = self._workspace.registration().root
        word, _, line = given.line.strip().removeprefix("/").partition(" ")
        if word.lower() != root:
            raise UserFacingError(
                t("There is no command /{word}. Every command here begins with /{root}.", word=word, root=root)
            )
        await self._workspace.command(person.id, given.channel, line, given.thread)
        return await self._taken(person)

    async def _complete(self, request: Request, person: Person) -> Response:
        return JSONResponse(await suggestions(self._workspace, person, request.query_params["line"]))

    async def _submit(self, request: Request, person: Person) -> Response:
        submitted = Submitted.model_validate_json(await request.body())
        values = {name: tuple(entered) for name, entered in submitted.values.items()}
        await self._workspace.submit(person.id, values)
        return await self._taken(person)

    async def _cancel(self, request: Request, person: Person) -> Response:
        await self._workspace.cancel_form(person.id)
        return Response(status_code=204)

    async def _open_home(self, request: Request, person: Person) -> Response:
        await self._workspace.open_home(person.id)
        return Response(status_code=204)

    async def _seen(self, request: Request, person: Person) -> Response:
        seen = Seen.model_validate_json(await request.body())
        with self._workspace.store.transaction():
            self._workspace.mark_read(person.id, seen.channel, seen.thread, seen.last)
        return Response(status_code=204)

    async def _move_clock(self, request: Request, person: Person) -> Response:
        moved = Moved.model_validate_json(await request.body())
        clock = self._workspace.clock
        if not isinstance(clock, MovedClock):
            raise UserFacingError(t("The clock of this workspace cannot be moved."))
        await clock.pass_time(timedelta(hours=moved.hours))
        with self._workspace.store.transaction():
            self._workspace.store.changed("clock")
        return JSONResponse({"now": clock.now().isoformat()})

    async def _image(self, request: Request, person: Person) -> Response:
        found = self._workspace.messages.image(request.path_params["image"])
        if found is None:
            return Response(status_code=404)
        data, media_type = found
        return Response(data, media_type=media_type, headers=SVG_POLICY)

    async def _document(self, request: Request, person: Person) -> Response:
        """A file that was handed to this person: always to be saved, never shown as a page of ours."""
        message = self._workspace.messages.get(request.path_params["message"])
        name = request.path_params["name"]
        if message is None or not self._workspace.messages.may_see(person.id, message):
            return Response(status_code=404)
        found = self._workspace.messages.document(message.id, name)
        if found is None:
            return Response(status_code=404)
        data, media_type = found
        saved = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
        return Response(data, media_type=media_type, headers=saved)

    async def _taken(self, person: Person) -> Response:
        """Answer once the bot has acknowledged what the person did, or say that it is late."""
        if await self._workspace.idle(PATIENCE):
            return JSONResponse({})
        late = t("Starling has not answered yet. What you did is kept, and it will answer when it is back.")
        return JSONResponse({"late": render(late, person.language)}, status_code=202)

    def _message(self, request: Request) -> MessageRef:
        return self._reference(str(request.path_params["message"]))

    def _reference(self, number: str) -> MessageRef:
        found = self._workspace.messages.get(number)
        if found is None:
            raise UserFacingError(t("This message is not there any more."))
        return self._workspace.reference(found)
