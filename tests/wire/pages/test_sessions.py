"""Sessions: whose they are, how long they last, what ends them, and what every answer carries."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from adapters.local.administration import leave
from adapters.web import app as web
from bot.runtime import page_access
from storage.tables.pages import PageLink, PageSession
from storage.tables.people import Installation, InstallationState, Member, MemberState
from tests.scenario.dsl import Scene
from tests.wire.pages.conftest import House
from tests.wire.pages.room import BOARD, GONE, SECRET
from tests.wire.pages.visitor import Visitor, link_for, links_of

CLOSED = "This page is closed"


async def sessions(s: Scene) -> list[PageSession]:
    async with s.database.read_everywhere() as session:
        return list(await session.scalars(select(PageSession)))


async def test_the_cookie_of_a_session_is_for_this_host_over_https_and_for_no_script(house: House) -> None:
    link = await house.link()
    await house.browser.goes_to(link)
    path = link.removeprefix("https://pages.example.org")
    headers = {"Origin": "https://pages.example.org"}
    answer = await house.browser.client.post(path, data=house.browser.hidden(), headers=headers)
    cookie = next(each for each in answer.headers.get_list("set-cookie") if each.startswith("__Host-starling="))
    assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


async def test_a_session_ends_after_an_hour_without_use_and_lives_on_while_it_is_used(house: House) -> None:
    browser = await house.opened()
    for _ in range(3):
        house.s.clock.move(timedelta(minutes=59))
        assert (await browser.goes_to("/page/notes")).status_code == 200
    house.s.clock.move(timedelta(hours=1))
    assert (await browser.goes_to("/page/notes")).status_code == 403
    assert CLOSED in browser.sees


async def test_a_session_ends_after_eight_hours_however_much_it_is_used(house: House) -> None:
    browser = await house.opened()
    for _ in range(15):
        house.s.clock.move(timedelta(minutes=31))
        assert (await browser.goes_to("/page/notes")).status_code == 200
    house.s.clock.move(timedelta(minutes=20))
    assert (await browser.goes_to("/page/notes")).status_code == 403


async def test_without_a_session_or_with_a_made_up_one_pages_are_closed(house: House) -> None:
    assert (await house.browser.goes_to("/page/notes")).status_code == 403
    without = house.browser.sees
    house.browser.client.cookies.set("__Host-starling", "made up")
    assert (await house.browser.goes_to("/page/notes")).status_code == 403
    assert house.browser.sees == without


async def test_signing_out_ends_the_session_in_the_database_too(house: House) -> None:
    browser = await house.opened()
    kept = browser.client.cookies["__Host-starling"]
    await browser.sends("/leave", browser.hidden())
    assert "You are signed out" in browser.sees
    browser.client.cookies.set("__Host-starling", kept)
    assert (await browser.goes_to("/page/notes")).status_code == 403


async def test_nobody_is_signed_out_from_another_site(house: House) -> None:
    browser = await house.opened()
    hidden = browser.hidden()
    await browser.sends("/leave", hidden, "https://elsewhere.example")
    await browser.sends("/leave", {"token": "guessed"})
    assert len(await sessions(house.s)) == 1


async def test_the_sessions_and_links_of_somebody_who_leaves_end(house: House) -> None:
    browser = await house.opened()
    await house.link()
    await leave(house.s.workspace, "ana")
    await house.s.drain()
    assert await sessions(house.s) == []
    assert (await browser.goes_to("/page/notes")).status_code == 403


async def test_a_session_ends_where_the_platform_knows_the_person_no_more(house: House) -> None:
    browser = await house.opened()
    with house.s.workspace.store.transaction():
        house.s.workspace.roster.leave("ana")
    house.s.clock.move(timedelta(minutes=2))
    assert (await browser.goes_to("/page/notes")).status_code == 403
    assert await sessions(house.s) == []


async def test_the_sessions_of_a_workspace_without_starling_end(house: House) -> None:
    browser = await house.opened()
    async with house.s.database.write_everywhere() as session:
        await session.execute(update(Installation).values(state=InstallationState.REMOVED))
    assert (await browser.goes_to("/page/notes")).status_code == 403
    assert await sessions(house.s) == []


async def test_a_page_for_admins_asks_for_the_role_at_each_look(house: House) -> None:
    s = house.s
    browser = Visitor(s)
    await browser.opens(await link_for(s, s.ada, "board", "Open the board"))
    assert "<h1>The board</h1>" in browser.sees
    with s.workspace.store.transaction():
        s.workspace.store.write("UPDATE people SET is_admin = 0 WHERE id = ?", "ada")
    assert (await browser.goes_to("/page/board/all")).status_code == 404
    assert "There is no such page for you" in browser.sees


async def test_a_page_for_admins_gives_others_no_link_and_no_page(house: House) -> None:
    s = house.s
    await s.ana.runs("board")
    await s.drain()
    await s.ana.clicks("Open the board")
    await s.drain()
    assert links_of(s, s.ana) == []
    assert "You cannot do that here." in s.private(s.ana)
    browser = await house.opened()
    assert (await browser.goes_to(f"/page/{BOARD}/all")).status_code == 404


async def test_what_is_not_there_and_what_may_not_be_seen_look_alike(house: House) -> None:
    browser = await house.opened()
    seen = set()
    for path in (f"/page/notes/{SECRET}", f"/page/notes/{GONE}", "/page/unheard-of"):
        assert (await browser.goes_to(path)).status_code == 404
        seen.add(browser.sees)
    assert len(seen) == 1


async def test_a_blocked_member_still_sees_what_the_policy_leaves_them(house: House) -> None:
    browser = await house.opened()
    async with house.s.database.write_everywhere() as session:
        await session.execute(update(Member).values(state=MemberState.BLOCKED))
    assert (await browser.goes_to("/page/notes")).status_code == 200


async def test_nobody_who_is_being_erased_begins_or_goes_on_with_a_session(house: House) -> None:
    browser = await house.opened()
    hidden = browser.hidden()
    link = await house.link()
    async with house.s.database.write_everywhere() as session:
        await session.execute(update(Member).values(state=MemberState.ERASING))
    other = Visitor(house.s)
    await other.opens(link)
    assert other.status == 403
    await browser.sends("/page/notes", {**hidden, "in.text": "One last word"})
    assert browser.status == 403
    assert "One last word" in browser.sees
    assert house.room.kept == []
    assert await sessions(house.s) == []


async def test_what_has_ended_is_forgotten_within_the_hour(house: House) -> None:
    await house.opened()
    await house.link()
    house.s.clock.move(timedelta(hours=2))
    await house.s.drain()
    assert await sessions(house.s) == []
    async with house.s.database.read_everywhere() as session:
        assert (await session.scalars(select(PageLink))).all() == []


async def test_a_person_takes_out_when_they_signed_in_and_no_token_and_is_erased_with_it(house: House) -> None:
    await house.opened()
    await house.link()
    member = await house.s.member(house.s.ana)
    async with house.s.database.write(await house.s.workspace_id()) as session:
        context = house.s.runtime.house.context(session, await house.s.workspace_id())
        exported = await page_access.export(context, member)
        assert [set(row) for row in exported] == [{"began", "last_used"}]
        assert await page_access.erase(context, member) == 2
    assert await sessions(house.s) == []


@pytest.mark.parametrize("path", ["/", "/page/notes", "/open/x", "/nothing", "/style.css", "/robots.txt"])
async def test_every_answer_carries_the_protective_headers(house: House, path: str) -> None:
    headers = (await house.browser.goes_to(path)).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-robots-tag"].startswith("noindex")
    assert headers["cache-control"] == ("public, max-age=3600" if path == "/style.css" else "no-store")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE"])
async def test_no_other_way_of_asking_is_answered_without_the_protective_headers(house: House, method: str) -> None:
    for path in ("/", "/page/notes", "/open/x", "/leave"):
        answer = await house.browser.client.request(method, path)
        assert answer.status_code == 405
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; ")
        assert "Pages are opened from the chat" in answer.text


async def test_a_file_that_is_missing_is_answered_with_the_protective_headers(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "STYLE", Path("missing.css"))
    with pytest.raises(RuntimeError, match="missing"):
        await house.browser.goes_to("/style.css")
    house.browser.client._transport.raise_app_exceptions = False  # type: ignore[attr-defined]
    answer = await house.browser.goes_to("/style.css")
    assert answer.status_code == 500
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_the_character_zero_in_an_address_reaches_no_database(house: House) -> None:
    browser = await house.opened()
    await browser.goes_to("/page/notes/a%00b")
    assert house.room.subject == "a\N{REPLACEMENT CHARACTER}b"
