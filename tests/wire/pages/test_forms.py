"""Forms on pages: checked and handled as in chat, safe from other sites, and never losing what was typed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.web import requests
from tests.wire.pages.conftest import House
from tests.wire.pages.visitor import ADDRESS, Visitor, link_for

NOTES = "/page/notes"


async def test_a_form_is_handled_then_the_page_is_asked_for_anew_and_says_what_was_replied_once(house: House) -> None:
    browser = await house.opened()
    await browser.writes(NOTES, "Bring the slides.")
    assert house.room.kept == ["Bring the slides."]
    assert browser.status == 200
    assert "<h2>Done</h2><p>It is noted.</p><p>Everybody sees it.</p>" in browser.sees
    assert "<p>Bring the slides.</p>" in browser.sees
    await browser.goes_to(NOTES)
    assert "It is noted." not in browser.sees


async def test_a_sent_form_answers_with_a_redirect_so_that_reloading_sends_nothing(house: House) -> None:
    browser = await house.opened()
    fields = {**browser.hidden(), "in.text": "Once"}
    answer = await browser.client.post(NOTES, data=fields, headers={"Origin": ADDRESS})
    assert (answer.status_code, answer.headers["location"]) == (303, NOTES)


async def test_a_form_that_is_sent_twice_counts_once(house: House) -> None:
    browser = await house.opened()
    fields = {**browser.hidden(), "in.text": "Once"}
    headers = {"Origin": ADDRESS}
    answers = await asyncio.gather(*(browser.client.post(NOTES, data=fields, headers=headers) for _ in range(3)))
    assert [answer.status_code for answer in answers] == [303] * 3
    assert house.room.kept == ["Once"]
    await browser.sends(NOTES, {**fields, "in.text": "Changed on the same page"})
    await browser.writes(NOTES, "Once")
    assert house.room.kept == ["Once", "Changed on the same page", "Once"], "other words, or a page drawn anew, count"


async def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_stays(house: House) -> None:
    browser = await house.opened()
    await browser.writes(NOTES, "x" * 41, **{"in.by": "Ana <b>"})
    assert browser.status == 422
    assert "This is 1 character too long; at most 40 fit." in browser.sees
    assert ">\n" + "x" * 41 + "</textarea>" in browser.sees
    assert 'value="Ana <b>"' in browser.sees
    assert house.room.kept == []


async def test_the_declared_check_is_asked_too(house: House) -> None:
    browser = await house.opened()
    await browser.writes(NOTES, "a bad word")
    assert browser.status == 422
    assert "Say it kindly." in browser.sees
    assert "a bad word</textarea>" in browser.sees


async def test_a_refusal_is_told_with_what_was_typed(house: House) -> None:
    browser = await house.opened()
    await browser.writes(NOTES, "refuse")
    assert browser.status == 422
    assert "There are notes enough." in browser.sees
    assert ">\nrefuse</textarea>" in browser.sees


async def test_a_fault_of_ours_saves_nothing_tells_a_number_and_keeps_what_was_typed(house: House) -> None:
    browser = await house.opened()
    await browser.writes(NOTES, "break")
    assert browser.status == 422
    assert "tell an admin this number" in browser.sees
    assert ">\nbreak</textarea>" in browser.sees


@pytest.mark.parametrize("origin", [None, "null", "https://elsewhere.example", ADDRESS.replace("https", "http")])
async def test_a_form_from_another_site_is_not_taken(house: House, origin: str | None) -> None:
    browser = await house.opened()
    await browser.sends(NOTES, {**browser.hidden(), "in.text": "Forged"}, origin)
    assert browser.status == 403
    assert "Forged" not in browser.sees
    assert house.room.kept == []


@pytest.mark.parametrize("token", ["", "guessed", "ü"])
async def test_a_form_without_the_token_of_this_session_is_not_taken_and_its_text_can_be_copied(
    house: House, token: str
) -> None:
    browser = await house.opened()
    await browser.writes(NOTES, "My own words", token=token)
    assert browser.status == 403
    assert "Nothing was saved" in browser.sees
    assert ">\nMy own words</textarea>" in browser.sees
    assert house.room.kept == []


async def test_text_sent_after_the_session_ended_is_not_saved_and_not_lost(house: House) -> None:
    browser = await house.opened()
    hidden = browser.hidden()
    house.s.clock.move(timedelta(hours=2))
    await browser.sends(NOTES, {**hidden, "in.text": "Two hours of work"})
    assert browser.status == 403
    assert "Nothing was saved. Copy what you wrote" in browser.sees
    assert ">\nTwo hours of work</textarea>" in browser.sees
    assert "<script" not in browser.sees
    assert house.room.kept == []


async def test_a_form_that_does_not_stand_on_the_page_is_not_taken(house: House) -> None:
    browser = await house.opened()
    await browser.writes(NOTES, "Wipe it", action="board.erase~1")
    assert browser.status == 422
    assert house.room.erased == 0
    assert "was changed or removed meanwhile" in browser.sees
    assert ">\nWipe it</textarea>" in browser.sees


async def test_a_form_that_went_meanwhile_gives_the_text_back(house: House) -> None:
    browser = await house.opened()
    house.room.closed = True
    await browser.writes(NOTES, "Too late")
    assert "was changed or removed meanwhile" in browser.sees
    assert ">\nToo late</textarea>" in browser.sees


async def test_a_form_that_a_handler_offers_waits_in_the_chat(house: House) -> None:
    browser = await house.opened()
    await browser.writes(NOTES, "more")
    assert "A button for it waits for you in the chat." in browser.sees
    assert "Go on." in house.s.private(house.s.ana)
    await house.s.ana.clicks("Open the form")
    await house.s.drain()
    await house.s.ana.submits(text="From the chat")
    await house.s.drain()
    assert house.room.kept == ["more", "From the chat"]


async def test_a_page_that_fails_says_a_number_and_the_log_holds_no_words(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    browser = await house.opened()
    house.room.fails = True
    await browser.goes_to(NOTES)
    assert browser.status == 500
    number = browser.sees.partition("tell an admin this number: ")[2][:8]
    assert number in caplog.text
    assert "NotesBroken in" in caplog.text
    assert "somebody's words" not in caplog.text


async def test_line_breaks_count_once_and_half_characters_are_stored(house: House) -> None:
    browser = await house.opened()
    await browser.writes(NOTES, "one\r\ntwo\0")
    assert house.room.kept == ["one\ntwo\N{REPLACEMENT CHARACTER}"]


async def test_handlers_get_every_input_of_the_form_and_nothing_else(house: House) -> None:
    browser = await house.opened()
    await browser.writes(NOTES, "all", **{"in.smuggled": "in"})
    assert house.room.sent == {"text": ("all",), "by": ()}


async def test_what_people_typed_is_text_and_nothing_else(house: House) -> None:
    browser = await house.opened()
    await browser.writes(NOTES, "<script>alert(1)</script> &amp;")
    assert browser.last is not None
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;" in browser.last.text
    assert "<script" not in browser.last.text


async def test_a_body_that_no_form_can_have_is_refused(house: House) -> None:
    browser = await house.opened()
    await browser.writes(NOTES, "x" * 1_000_001)
    assert browser.status == 413
    await browser.sends(NOTES, {f"in.{number}": "" for number in range(600)})
    assert browser.status == 413
    assert house.room.kept == []


async def test_while_the_platform_does_not_answer_what_was_typed_is_not_lost(house: House) -> None:
    s = house.s
    browser = await house.opened()
    hidden = browser.hidden()
    s.fails("failed", "profile", times=9)
    s.clock.move(timedelta(minutes=2))
    await browser.sends("/page/board/all", {**hidden, "in.text": "Still here"})
    assert browser.status == 503
    assert ">\nStill here</textarea>" in browser.sees


async def test_a_form_for_a_role_asks_for_the_role_as_it_is_sent_though_its_page_is_for_everybody(house: House) -> None:
    s = house.s
    house.room.erasable = True
    browser = Visitor(s)
    await browser.opens(await link_for(s, s.ada))
    hidden = {**browser.hidden(), "action": "board.erase~1"}
    with s.workspace.store.transaction():
        s.workspace.store.write("UPDATE people SET is_admin = 0 WHERE id = ?", "ada")
    await browser.sends(NOTES, hidden)
    assert browser.status == 422
    assert "You cannot do that here." in browser.sees
    assert house.room.erased == 0


async def test_words_that_a_fault_meets_before_their_page_is_built_are_given_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_given: object) -> None:
        raise RuntimeError("no database")

    browser = await house.opened()
    monkeypatch.setattr(house.s.runtime.pages, "submit", broken)
    await browser.writes(NOTES, "Two pages of it")
    assert browser.status == 500
    assert ">\nTwo pages of it</textarea>" in browser.sees


async def test_a_form_that_never_ends_is_not_waited_for(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def dripping() -> AsyncIterator[bytes]:
        yield b"token="
        await asyncio.Event().wait()

    monkeypatch.setattr(requests, "SLOWEST_BODY", 0.02)
    browser = await house.opened()
    answer = await browser.client.post(NOTES, content=dripping(), headers={"Origin": ADDRESS})
    assert answer.status_code == 408
    assert answer.headers["connection"] == "close"
    assert "It took too long to arrive." in answer.text
    ours = [record for record in caplog.records if not record.name.startswith("httpx")]
    assert not ours, "anybody could fill the log with it"
