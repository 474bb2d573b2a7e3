"""The page's endpoints over real HTTP: who may ask, what each person is told, and how updates resume."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest

from adapters.local import administration
from adapters.local.platform import LocalPlatform
from adapters.local.server.serving import Served
from adapters.local.workspace import Workspace
from bot.base.clock import MovedClock, SystemClock
from bot.base.text import t
from bot.chat.cards import Card, Choice, Document, Image, Paragraph
from bot.chat.commands import Command, Option
from bot.chat.events import ActionClicked, CommandInvoked
from bot.chat.platform import InConversation, OpenForm, Post, PrivateTo
from bot.chat.refs import AccountRef
from tests.contract.harness import RecordingInbound
from tests.unit.local.test_first_loop import FORM, QUESTION

HOSTILE = """<img src=x onerror=alert(1)><script>alert(2)</script>"'&amp;<!-- @everyone"""
COMMANDS = (
    Command(("help",), t("What Starling can do")),
    Command(("guide", "archetype"), t("Look an archetype up"), (Option("name", t("Which one"), completes=True),)),
    Command(("setup", "post"), t("Post a question now"), (Option("channel", t("Where"), type="channel"),)),
)


class Knowing(RecordingInbound):
    """A bot that lets nobody but Amara use what is for setting up."""

    async def complete(self, actor: AccountRef, line: str, option: str, prefix: str) -> Sequence[Choice]:
        if (line, option) != ("help", "command"):
            return await super().complete(actor, line, option, prefix)
        allowed = [command.path for command in COMMANDS if command.path[0] != "setup" or actor.user == "amara"]
        return [Choice(name, name) for name in map(" ".join, allowed) if prefix in name]


@pytest.fixture
def inbound() -> RecordingInbound:
    return Knowing()


class Page:
    """What a browser does: requests with its own Origin, in the name of one person."""

    def __init__(self, address: str, session: aiohttp.ClientSession) -> None:
        self.address = address
        self.session = session
        self.origin = {"Origin": address.rstrip("/")}

    async def get(self, path: str, **headers: str) -> Any:
        async with self.session.get(self.address + path, headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def status(self, method: str, path: str, **headers: str) -> int:
        async with self.session.request(method, self.address + path, headers=headers) as answer:
            return answer.status

    async def do(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        async with self.session.request(method, self.address + path, json=body, headers=self.origin) as answer:
            return answer.status, (await answer.json() if answer.status != 204 else None)


@pytest.fixture
async def page(workspace: Workspace, inbound: RecordingInbound) -> AsyncIterator[Page]:
    """The adapter started as the demo starts it: with its page, at a free port."""
    inbound.commands = COMMANDS
    platform = LocalPlatform(workspace, face=Served(workspace, 0))
    await platform.start(inbound)
    await platform.idle()
    inbound.events.clear()
    async with aiohttp.ClientSession() as session:
        yield Page(platform.address, session)
    await platform.stop()


async def live(page: Page, path: str, number: int, **headers: str) -> list[dict[str, Any]]:
    """The first messages of a live stream, each with the number of its change."""
    found: list[dict[str, Any]] = []
    async with page.session.get(page.address + path, headers=headers) as answer:
        change = 0
        async for line in answer.content:
            if line.startswith(b"id: "):
                change = int(line[4:])
            if line.startswith(b"data: ") and "message" in (update := json.loads(line[6:])):
                found.append({"change": change, **update})
                if len(found) == number:
                    break
    return found


FOREIGN: tuple[dict[str, str], ...] = (
    {"Host": "evil.example"},
    {"Host": "evil.example:8321"},
    {"Host": "127.0.0.1:1"},
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)


async def test_only_our_own_page_on_this_machine_is_answered(page: Page) -> None:
    for headers in FOREIGN:
        for method, path in (("GET", "api/priya/state"), ("GET", ""), ("POST", "api/priya/home")):
            assert await page.status(method, path, **headers) == 403, (method, path, headers)


async def test_a_change_needs_the_origin_of_our_page(page: Page) -> None:
    assert await page.status("POST", "api/priya/home") == 403
    assert await page.do("POST", "api/priya/home") == (204, None)


async def test_the_page_may_load_nothing_but_its_own_files(page: Page) -> None:
    async with page.session.get(page.address) as answer:
        markup = await answer.text()
        policy = answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "://" not in markup
    assert "<script>" not in markup
    assert "style=" not in markup


def test_no_file_of_the_page_names_another_host_or_sets_markup() -> None:
    static = Path(__file__).parents[3] / "adapters" / "local" / "static"
    scripts = sorted(static.rglob("*.js"))
    assert len(scripts) > 8
    for script in scripts:
        text = script.read_text(encoding="utf-8")
        for forbidden in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "://"):
            assert forbidden not in text, f"{script.name} uses {forbidden}"


async def test_bots_cannot_call_a_workspace_that_has_its_bot_in_process(page: Page) -> None:
    assert await page.status("POST", "bot/call") == 404


async def test_what_is_for_one_person_is_told_to_no_other(page: Page, workspace: Workspace) -> None:
    platform = LocalPlatform(workspace)
    await platform.start(RecordingInbound())
    near = workspace.conversation("general")
    await platform.send(Post("a", PrivateTo(workspace.account("Priya"), near), QUESTION))
    await platform.send(Post("b", PrivateTo(workspace.account("Priya")), QUESTION))
    await platform.show_home(workspace.account("Priya"), QUESTION)
    await platform.stop()

    for person, sees in (("priya", 1), ("tom", 0)):
        assert len(await page.get(f"api/{person}/messages?channel=general")) == sees
        assert len(await page.get(f"api/{person}/messages?channel=direct-priya")) == sees
        assert bool((await page.get(f"api/{person}/state"))["home"]) is bool(sees)
    private = (await page.get("api/priya/messages?channel=general"))[0]["id"]
    assert await page.get(f"api/tom/messages?channel=general&thread={private}") == []
    action = {"message": str(private), "action": "improve~1~a1"}
    assert (await page.do("POST", "api/tom/actions", action))[0] == 400
    await workspace.say("Tom", "general", "for all")
    (update,) = await live(page, "api/tom/live?after=0", 1)
    assert update["message"]["text"] == "for all"
    assert "direct-priya" not in {channel["id"] for channel in (await page.get("api/tom/state"))["channels"]}


async def test_a_person_dismisses_what_only_they_see_and_nothing_else(page: Page, workspace: Workspace) -> None:
    platform = LocalPlatform(workspace)
    await platform.start(RecordingInbound())
    near = workspace.conversation("general")
    await platform.send(Post("a", PrivateTo(workspace.account("Priya"), near), QUESTION))
    await platform.send(Post("b", InConversation(near), QUESTION))
    await platform.stop()

    private, public = (message["id"] for message in await page.get("api/priya/messages?channel=general"))
    assert (await page.do("DELETE", f"api/tom/messages/{private}/copy"))[0] == 400
    assert (await page.do("DELETE", f"api/priya/messages/{public}/copy"))[0] == 400
    assert (await page.do("DELETE", f"api/priya/messages/{private}/copy"))[0] == 204
    assert [message["id"] for message in await page.get("api/priya/messages?channel=general")] == [public]


async def test_what_people_type_stays_text(page: Page) -> None:
    status, _ = await page.do("POST", "api/priya/messages", {"channel": "general", "text": HOSTILE})
    assert status == 201
    (message,) = await page.get("api/tom/messages?channel=general")
    assert message["text"] == HOSTILE
    assert message["pings_me"]


async def test_updates_resume_where_the_page_left_off(page: Page, workspace: Workspace) -> None:
    for text in ("one", "two", "three"):
        await workspace.say("Tom", "general", text)
    first, second = await live(page, "api/priya/live?after=0", 2)
    assert [first["message"]["text"], second["message"]["text"]] == ["one", "two"]
    (third,) = await live(page, "api/priya/live?after=0", 1, **{"Last-Event-ID": str(second["change"])})
    assert third["message"]["text"] == "three"


async def test_one_loop_of_the_page_message_edit_deletion(page: Page, inbound: RecordingInbound) -> None:
    _, made = await page.do("POST", "api/mei/messages", {"channel": "general", "text": "first"})
    message = f"api/mei/messages/{made['id']}"
    assert (await page.do("PATCH", message, {"text": "second"}))[0] == 204
    assert (await page.get("api/tom/messages?channel=general"))[0]["edited"]
    assert (await page.do("PATCH", f"api/tom/messages/{made['id']}", {"text": "mine"}))[0] == 400
    assert (await page.do("DELETE", message))[0] == 204
    assert await page.get("api/tom/messages?channel=general") == []


async def test_a_form_opens_at_a_command_and_keeps_what_is_wrong(page: Page, inbound: RecordingInbound) -> None:
    inbound.answer_next_with(OpenForm(FORM))
    status, _ = await page.do("POST", "api/mei/commands", {"channel": "general", "line": "/starling guide archetype"})
    assert status == 200
    assert inbound.only(CommandInvoked).line == "guide archetype"
    assert (await page.get("api/mei/state"))["form"]["title"] == "Your answer"
    assert (await page.do("POST", "api/mei/form", {"values": {"situation": ["x"], "sure": []}}))[0] == 200
    form = (await page.get("api/mei/state"))["form"]
    assert form["problems"] == {"sure": "Please fill this in."}
    assert form["values"]["situation"] == ["x"]
    assert (await page.do("DELETE", "api/mei/form"))[0] == 204
    assert (await page.get("api/mei/state"))["form"] is None


async def test_an_unknown_command_says_what_there_is(page: Page) -> None:
    status, answer = await page.do("POST", "api/mei/commands", {"channel": "general", "line": "/dance"})
    assert status == 400
    assert answer["problem"] == "There is no command /dance. Every command here begins with /starling."


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("/", ["/starling help ", "/starling guide archetype ", "/starling setup post "]),
        ("/star", ["/starling help ", "/starling guide archetype ", "/starling setup post "]),
        ("/dance", []),
        ("/starling gui", ["/starling guide archetype "]),
        ("/starling arch", ["/starling guide archetype "]),
        ("/starling guide archetype ", ['/starling guide archetype name:"work conflict" ']),
        ("/starling guide archetype name:co", ['/starling guide archetype name:"work conflict" ']),
        ("/starling setup post gen", ["/starling setup post channel:#general "]),
        ("hello", []),
    ],
)
async def test_commands_and_their_options_are_completed(
    page: Page, inbound: RecordingInbound, typed: str, offered: list[str]
) -> None:
    inbound.completions = (Choice("work conflict", "Conflict at work"),)
    answer = await page.get(f"api/amara/completions?line={quote(typed)}")
    assert [each["line"] for each in answer["suggestions"]] == offered


async def test_commands_that_a_person_may_not_use_are_not_offered_to_them(page: Page) -> None:
    answer = await page.get("api/priya/completions?line=/")
    assert [each["label"] for each in answer["suggestions"]] == ["/starling help", "/starling guide archetype"]
    assert (await page.get("api/priya/completions?line=/starling%20setup"))["suggestions"] == []


async def test_unread_marks_go_once_a_channel_has_been_seen(page: Page, workspace: Workspace) -> None:
    root = await workspace.say("Tom", "general", "Who is in?")
    await workspace.say("Mei", "general", "Me", root.message)
    await workspace.say("Priya", "general", "Hello")

    def unread(state: Any) -> int:
        return int(next(channel["unread"] for channel in state["channels"] if channel["id"] == "general"))

    assert unread(await page.get("api/diego/state")) == 2
    message = (await page.get("api/diego/messages?channel=general"))[0]
    assert (message["replies"]["number"], message["replies"]["unread"]) == (1, 1)
    await page.do("POST", "api/diego/seen", {"channel": "general", "last": 99})
    assert unread(await page.get("api/diego/state")) == 0
    assert (await page.get("api/diego/messages?channel=general"))[0]["replies"]["unread"] == 1


async def test_replies_and_new_ones_are_counted_alike_by_what_this_person_sees(
    page: Page, workspace: Workspace
) -> None:
    root = await workspace.say("Tom", "general", "Who is in?")
    await workspace.say("Mei", "general", "Me", root.message)
    platform = LocalPlatform(workspace)
    await platform.start(RecordingInbound())
    thread = workspace.conversation("general", root.message)
    await platform.send(Post("a", PrivateTo(workspace.account("diego"), thread), QUESTION))
    await platform.stop()

    async def counted(person: str) -> tuple[int, int]:
        replies = (await page.get(f"api/{person}/messages?channel=general"))[0]["replies"]
        return replies["number"], replies["unread"]

    assert await counted("diego") == (2, 2)
    assert await counted("priya") == (1, 1)
    assert await counted("mei") == (1, 0), "one's own reply is not new to oneself"


async def test_a_picture_is_served_as_one(page: Page, workspace: Workspace) -> None:
    platform = LocalPlatform(workspace)
    await platform.start(RecordingInbound())
    card = Card("Progress", (Image(b"\x89PNG bytes", "image/png", "Ratings by week"), Paragraph("Up.")))
    await platform.send(Post("p", InConversation(workspace.conversation("general")), card))
    await platform.stop()
    (message,) = await page.get("api/tom/messages?channel=general")
    assert message["plain"] == "Progress\nRatings by week\nUp."
    picture = message["card"]["elements"][0]["image"]
    async with page.session.get(f"{page.address}api/tom/images/{picture}") as answer:
        assert (await answer.read(), answer.headers["Content-Type"]) == (b"\x89PNG bytes", "image/png")


async def test_a_file_is_saved_by_its_person_and_not_there_for_anybody_else(page: Page, workspace: Workspace) -> None:
    platform = LocalPlatform(workspace)
    await platform.start(RecordingInbound())
    card = Card("Your data", (Document("your-data.zip", "application/zip", b"PK", "Ask an admin."),))
    receipt = await platform.send(Post("d", PrivateTo(workspace.account("tom")), card))
    assert receipt.message is not None
    path = f"messages/{receipt.message.message}/documents/your-data.zip"
    async with page.session.get(f"{page.address}api/tom/{path}") as answer:
        assert await answer.read() == b"PK"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="your-data.zip"'
    for elsewhere in (f"api/priya/{path}", f"api/tom/{path}x"):
        async with page.session.get(f"{page.address}{elsewhere}") as answer:
            assert answer.status == 404
    await platform.delete(receipt.message)
    await platform.stop()
    async with page.session.get(f"{page.address}api/tom/{path}") as answer:
        assert answer.status == 404


async def test_the_clock_moves_for_everybody_and_forward_only(page: Page, clock: MovedClock) -> None:
    before = clock.now()
    assert (await page.get("api/tom/state"))["clock_moves"]
    assert (await page.do("POST", "api/priya/clock", {"hours": 24}))[0] == 200
    assert (clock.now() - before).days == 1
    assert (await page.do("POST", "api/priya/clock", {"hours": -1}))[0] == 422


async def test_a_real_clock_cannot_be_moved(tmp_path: Path) -> None:
    served = Served(Workspace(tmp_path, SystemClock()), 0)
    await served.start()
    async with aiohttp.ClientSession() as session:
        page = Page(served.address, session)
        assert not (await page.get("api/tom/state"))["clock_moves"]
        assert (await page.do("POST", "api/priya/clock", {"hours": 24}))[0] == 400
    await served.stop()


async def test_an_archived_channel_takes_no_messages(page: Page, workspace: Workspace) -> None:
    await administration.archive(workspace, "random")
    status, answer = await page.do("POST", "api/priya/messages", {"channel": "random", "text": "hello?"})
    assert (status, answer["problem"]) == (400, "This channel is archived. Nobody can write here any more.")


@pytest.mark.parametrize("person", ["nobody", "starling", "..%2Fetc"])
async def test_nobody_else_has_a_page(page: Page, person: str) -> None:
    assert await page.status("GET", f"api/{person}/state") == 404


async def test_a_button_of_the_home_is_pressed(page: Page, workspace: Workspace, inbound: RecordingInbound) -> None:
    platform = LocalPlatform(workspace)
    await platform.start(inbound)
    await platform.show_home(workspace.account("Priya"), QUESTION)
    await platform.stop()
    assert (await page.do("POST", "api/priya/actions", {"message": None, "action": "improve~1~a1"}))[0] == 200
    assert inbound.only(ActionClicked).conversation == workspace.direct("Priya")
    assert (await page.do("POST", "api/priya/actions", {"message": None, "action": "other~1~a1"}))[0] == 400
