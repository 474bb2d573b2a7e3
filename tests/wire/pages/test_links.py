"""A link from chat: looking at it spends nothing, its button spends it once, and nothing else opens anything."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from adapters.local.administration import leave
from bot.runtime.courtesies import Courtesies
from bot.runtime.hands import Hands
from bot.runtime.locks import KeyedLocks
from bot.runtime.page_access import hash_of
from bot.runtime.pages import ServedPages
from storage.tables.pages import PageLink, PageSession
from tests.scenario.dsl import Scene, scene
from tests.wire.pages.conftest import House
from tests.wire.pages.room import NotesRoom
from tests.wire.pages.visitor import ADDRESS, Visitor, link_for, links_of, notes_house

CLOSED = "This page is closed"


async def links(s: Scene) -> list[PageLink]:
    async with s.database.read_everywhere() as session:
        return list(await session.scalars(select(PageLink)))


async def sessions(s: Scene) -> list[PageSession]:
    async with s.database.read_everywhere() as session:
        return list(await session.scalars(select(PageSession)))


async def test_the_button_in_chat_gives_a_private_link(house: House) -> None:
    link = await house.link()
    assert link.startswith(f"{ADDRESS}/open/")
    assert len(link.rsplit("/", 1)[1]) == 43, "256 bits in base 64"
    assert links_of(house.s, house.s.ben) == []


async def test_a_link_shows_one_button_and_spends_nothing_however_often_it_is_fetched(house: House) -> None:
    link = await house.link()
    for _ in range(3):
        fetched = await house.browser.goes_to(link)
        assert fetched.status_code == 200
    assert house.browser.sees.count("<button") == 1
    assert "for Ana in this browser" in house.browser.sees
    assert fetched.headers["x-robots-tag"] == "noindex, nofollow, noarchive"
    assert fetched.headers["cache-control"] == "no-store"
    assert len(await links(house.s)) == 1
    assert await sessions(house.s) == []


async def test_a_link_with_a_slash_too_many_is_not_sent_on_to_wherever_the_request_says_it_is(house: House) -> None:
    link = await house.link()
    answer = await house.browser.goes_to(f"{link}/", Host="elsewhere.example")
    assert answer.status_code == 404
    assert "location" not in answer.headers


async def test_a_head_request_spends_nothing(house: House) -> None:
    link = await house.link()
    assert (await house.browser.client.head(link)).status_code == 200
    await house.browser.opens(link)
    assert house.browser.status == 200


async def test_pressing_the_button_opens_the_page(house: House) -> None:
    browser = await house.opened()
    assert browser.status == 200
    assert "<h1>The notes</h1>" in browser.sees
    assert "Signed in as Ana" in browser.sees
    assert await links(house.s) == []


async def test_only_hashes_of_tokens_are_stored(house: House) -> None:
    link = await house.link()
    token = link.rsplit("/", 1)[1]
    (row,) = await links(house.s)
    assert row.token_hash == hash_of(token)
    await house.browser.opens(link)
    cookie = house.browser.client.cookies["__Host-starling"]
    (session,) = await sessions(house.s)
    assert session.token_hash == hash_of(cookie)
    await house.s.database.close()
    folder = Path(house.s.database.url.database or "").parent
    stored = b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())
    assert token.encode() not in stored
    assert cookie.encode() not in stored


async def closed_words(browser: Visitor, link: str) -> str:
    """What somebody is told whose link does not work, by looking and by pressing."""
    await browser.goes_to(link)
    looked = browser.sees
    assert browser.status == 403
    await browser.sends(link.removeprefix(ADDRESS), {"token": "anything"})
    assert browser.status == 403
    assert browser.sees == looked
    return looked


async def test_used_expired_forged_and_withdrawn_links_say_the_same(house: House) -> None:
    s = house.s
    used = await house.link()
    await Visitor(s).opens(used)
    expired = await link_for(s, s.ben)
    s.clock.move(timedelta(minutes=10))
    words = {await closed_words(Visitor(s), link) for link in (used, expired, f"{ADDRESS}/open/forged")}
    assert len(words) == 1
    (said,) = words
    assert CLOSED in said
    assert "press the button there: it gives you a new link" in said


async def test_a_link_works_until_its_ten_minutes_are_over(house: House) -> None:
    link = await house.link()
    house.s.clock.move(timedelta(minutes=9, seconds=59))
    await house.browser.opens(link)
    assert house.browser.status == 200


def another_process(s: Scene) -> ServedPages:
    """Pages over the same database that share no lock with those of the scene."""
    house = s.runtime.house
    return ServedPages(house, Courtesies(house, Hands(1)), KeyedLocks(), lambda: None)


async def test_two_presses_at_once_begin_one_session_on_both_databases(database_url: str) -> None:
    async with notes_house(database_url) as (s, room):
        link = await link_for(s, s.ana)
        first, second = Visitor(s), Visitor(s)
        for browser in (first, second):
            await browser.goes_to(link)
        path = link.removeprefix(ADDRESS)
        await asyncio.gather(first.sends(path, first.hidden()), second.sends(path, second.hidden()))
        assert sorted((first.status, second.status)) == [200, 403]
        assert len(await sessions(s)) == 1
        entered = first if first.status == 200 else second
        await entered.writes("/page/notes", "Written once.")
        assert room.kept == ["Written once."]
        assert "It is noted." in entered.sees
        elsewhere = Visitor(s, another_process(s))
        elsewhere.client.cookies = entered.client.cookies
        again = {**entered.hidden(), "in.text": "Sent to two processes."}
        await asyncio.gather(*(browser.sends("/page/notes", again) for browser in (entered, elsewhere)))
        assert room.kept == ["Written once.", "Sent to two processes."]
        s.clock.move(timedelta(hours=2))
        await s.drain()
        assert await sessions(s) == [], "what has ended goes on this database too"


async def test_a_link_of_somebody_else_is_not_opened_in_a_browser_that_is_signed_in(house: House) -> None:
    browser = await house.opened()
    bens = await link_for(house.s, house.s.ben)
    await browser.opens(bens)
    assert browser.status == 403
    assert CLOSED in browser.sees
    assert "sign them out first" in browser.sees
    await browser.sends("/leave", browser.hidden())
    assert "You are signed out" in browser.sees
    await browser.opens(bens)
    assert "Signed in as Ben" in browser.sees


async def test_a_new_link_of_ones_own_begins_anew_and_ends_the_session_before(house: House) -> None:
    browser = await house.opened()
    await browser.opens(await house.link())
    assert browser.status == 200
    assert len(await sessions(house.s)) == 1


@pytest.mark.parametrize("origin", [None, "null", "https://elsewhere.example", ADDRESS + ".evil.example"])
async def test_the_button_of_a_link_works_from_our_own_page_only(house: House, origin: str | None) -> None:
    link = await house.link()
    await house.browser.goes_to(link)
    await house.browser.sends(link.removeprefix(ADDRESS), house.browser.hidden(), origin)
    assert house.browser.status == 403
    assert len(await links(house.s)) == 1


async def test_the_button_needs_the_browser_that_was_shown_it(house: House) -> None:
    link = await house.link()
    await house.browser.goes_to(link)
    other = Visitor(house.s)
    await other.sends(link.removeprefix(ADDRESS), house.browser.hidden())
    assert other.status == 403
    assert len(await links(house.s)) == 1


async def test_a_link_of_somebody_who_left_does_not_work(house: House) -> None:
    link = await house.link()
    await leave(house.s.workspace, "ana")
    await house.s.drain()
    assert await links(house.s) == []
    await house.browser.goes_to(link)
    assert house.browser.status == 403


async def test_where_no_pages_are_served_no_card_leads_to_one_and_an_old_button_says_so() -> None:
    room = NotesRoom()
    async with scene(features=(room.feature(),)) as s:
        await s.ana.runs("notes")
        await s.drain()
        assert "Open the notes" not in s.private(s.ana)
