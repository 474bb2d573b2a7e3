from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.base.errors import UserFacingError
from bot.base.policy import Subject, may
from bot.base.text import render
from bot.chat.cards import Button, Buttons, Card
from bot.chat.events import ChannelChanged
from bot.chat.forms import ChoiceInput, Form, TextInput
from bot.feature.gather import gather
from bot.questions import actions as a
from bot.questions import curation_handlers as curation
from bot.questions import handlers
from bot.questions import programme_handlers as running
from bot.questions.curating import vetoes
from bot.questions.declare import feature
from bot.questions.programme_form import check_programme
from bot.questions.programmes import plan_of, programme_by_id, programmes, schedule_of
from bot.questions.question_forms import check_own_question, check_pause
from storage.tables.questions import Programme
from tests.unit.questions.desk import CHANNEL, INSTALLATION, Desk, berlin, plan, replied, words


def filled(form: Form, **changes: str | Sequence[str]) -> Mapping[str, str | Sequence[str]]:
    """What submitting the form as it stands would bring, with some inputs changed."""
    values: dict[str, str | Sequence[str]] = {}
    for item in form.inputs:
        assert isinstance(item, TextInput | ChoiceInput)
        values[item.name] = item.value
    return {**values, **changes}


def labels(card: Card) -> list[str]:
    rows = [element for element in card.elements if isinstance(element, Buttons)]
    return [str(button.label) for row in rows for button in row.items]


async def the_programme(desk: Desk) -> Programme:
    async with desk.session() as session:
        (programme,) = await programmes(session)
        return programme


def test_everything_declared_has_a_policy_and_fits_its_payload() -> None:
    gathered = gather([feature()])
    assert ("question", "today") in gathered.commands
    longest = "x" * 26
    a.VetoQuestion(question="own-" + "x" * 56, programme=longest).encode()
    a.SaveOwnQuestion(own=longest, suggestion=longest).encode()
    a.SaveProgramme(programme=longest, channel="C" * 20).encode()


async def test_a_programme_is_set_up_by_its_form_and_the_odd_days_are_named(desk: Desk) -> None:
    async with desk.acting(desk.admin, "admin") as context:
        form = await running.open_new(context, {})
        event = desk.submitted(filled(form, time="2:30", weekdays=[str(day) for day in range(7)], holidays="de"))
        assert check_programme(a.SaveProgramme(), event) == {}
        await running.save(context, a.SaveProgramme(), event)
        told = words(replied(context))
    assert '"Daily question" is saved.' in told
    assert "The next question comes on Tue 3 Nov, 02:30." in told
    assert "On Sunday 28 March the clock skips this time: the question comes right after, Sun 28 Mar, 03:00." in told
    assert "On Sunday 31 October this time comes twice: the question comes the first time" in told
    programme = await the_programme(desk)
    assert programme.conversation == CHANNEL.encode()
    assert (programme.created_by, programme.kind_mix) == (desk.admin, {"behavioral": 75, "situational": 25})


async def test_a_programme_is_set_up_in_the_channel_that_was_named(desk: Desk) -> None:
    async with desk.acting(desk.admin, "admin") as context:
        form = await running.open_new(context, {"channel": "C7"})
        assert isinstance(form.action, a.SaveProgramme)
        await running.save(context, form.action, desk.submitted(filled(form)))
    assert (await the_programme(desk)).conversation == "local:rowan:C7:"


@pytest.mark.parametrize(
    ("entered", "where", "sentence"),
    [
        ({"zone": "Europa/Berlin"}, "zone", "Europe/Berlin"),
        ({"time": "half past"}, "time", "09:30"),
        ({"holidays": "Atlantis"}, "holidays", "country code"),
        ({"weekdays": []}, "weekdays", "at least one day"),
        ({"lowest": "L6", "highest": "L4"}, "highest", "Swap them"),
    ],
)
async def test_what_is_wrong_in_the_form_is_said_beside_its_input(
    desk: Desk, entered: dict[str, str], where: str, sentence: str
) -> None:
    async with desk.acting(desk.admin, "admin") as context:
        form = await running.open_new(context, {})
    problems = check_programme(a.SaveProgramme(), desk.submitted(filled(form, **entered)))
    assert list(problems) == [where]
    assert sentence in render(problems[where])


async def test_editing_without_a_change_changes_nothing_even_what_the_form_does_not_offer(desk: Desk) -> None:
    demo = plan(
        quiet=timedelta(seconds=5),
        late=timedelta(minutes=7),
        closes_after=timedelta(minutes=9),
        wishes=replace(plan().wishes, kind_mix={"behavioral": 60, "situational": 40}),
    )
    programme = await desk.programme(**{name: getattr(demo, name) for name in demo.__slots__})
    async with desk.acting(desk.admin, "admin") as context:
        form = await running.open_programme(context, a.OpenProgramme(programme=programme.id))
        await running.save(context, a.SaveProgramme(programme=programme.id), desk.submitted(filled(form)))
    async with desk.session() as session:
        found = await programme_by_id(session, programme.id)
        assert plan_of(found, await schedule_of(session, found)) == demo


async def test_leaving_a_missed_question_out_soon_can_be_chosen(desk: Desk) -> None:
    programme = await desk.programme()
    async with desk.acting(desk.admin, "admin") as context:
        form = await running.open_programme(context, a.OpenProgramme(programme=programme.id))
        entered = filled(form, late="600", closes="86400")
        await running.save(context, a.SaveProgramme(programme=programme.id), desk.submitted(entered))
    async with desk.session() as session:
        found = await programme_by_id(session, programme.id)
        changed = plan_of(found, await schedule_of(session, found))
    assert (changed.late, changed.closes_after) == (timedelta(minutes=10), timedelta(days=1))


async def test_the_list_offers_to_each_what_they_may_do(desk: Desk) -> None:
    await desk.programme()
    shown = {}
    for who, role in ((desk.member, "member"), (desk.moderator, "moderator"), (desk.admin, "admin")):
        async with desk.acting(who, role) as context:  # type: ignore[arg-type]
            await running.show_list(context, desk.invoked(), {})
            card = replied(context)
            shown[role] = labels(card)
    assert "Monday to Friday at 09:00 (Europe/Berlin)" in words(card)
    assert "Next\nMon 2 Nov, 09:00" in words(card)
    assert shown["member"] == []
    assert shown["moderator"] == ["Pause", "Skip next", "Post now", "Queue"]
    assert shown["admin"] == ["Pause", "Skip next", "Post now", "Queue", "Edit", "Set up daily questions here"]


async def test_the_buttons_of_the_list_pause_resume_skip_and_post(desk: Desk) -> None:
    programme = (await desk.programme()).id
    async with desk.acting(desk.moderator, "moderator") as context:
        form = await running.open_pause(context, a.OpenPause(programme=programme))
        event = desk.submitted(filled(form, until="2026-11-05"))
        await running.pause(context, a.PauseProgramme(programme=programme), event)
        assert "The programme is paused until Thursday 5 November." in words(replied(context))
    async with desk.acting(desk.moderator, "moderator") as context:
        await running.show_list(context, desk.invoked(), {})
        assert labels(replied(context))[0] == "Resume"
    async with desk.acting(desk.moderator, "moderator") as context:
        await running.resume(context, a.ResumeProgramme(programme=programme), desk.clicked())
        assert '"Morning question" goes on.' in words(replied(context))
    async with desk.acting(desk.moderator, "moderator") as context:
        await running.skip(context, a.SkipNext(programme=programme), desk.clicked())
        assert '"Morning question" leaves out Monday 2 November.' in words(replied(context))
    async with desk.acting(desk.moderator, "moderator") as context:
        await running.post_now(context, a.PostNow(programme=programme), desk.clicked())
        assert "is on its way" in words(replied(context))
    assert len(await desk.tick()) == 1
    async with desk.acting(desk.moderator, "moderator") as context:
        await running.post_now(context, a.PostNow(programme=programme), desk.clicked())
        assert "has its question for today already" in words(replied(context))
    assert await desk.tick() == []


async def test_a_day_that_is_none_is_refused_in_the_pause_form(desk: Desk) -> None:
    payload = a.PauseProgramme(programme="p")
    assert list(check_pause(payload, desk.submitted({"until": "tomorrow"}))) == ["until"]
    assert check_pause(payload, desk.submitted({"until": ""})) == {}


async def test_today_shows_the_question_of_this_channel_or_why_there_is_none(desk: Desk) -> None:
    await desk.programme()
    async with desk.acting(desk.member) as context:
        await handlers.today(context, desk.invoked(), {})
        assert "Today's question comes at Mon 2 Nov, 09:00." in words(replied(context))
    await desk.tick(berlin(2, 9))
    (slot,) = await desk.slots()
    async with desk.acting(desk.member) as context:
        await handlers.today(context, desk.invoked(), {})
        assert slot.text in words(replied(context))


async def test_the_home_shows_today_and_to_moderators_what_waits(desk: Desk) -> None:
    await desk.programme()
    await desk.tick(berlin(2, 9))
    async with desk.acting(desk.member) as context:
        await curation.send_suggestion(context, a.SendSuggestion(), desk.submitted({"text": "Why this team?"}))
        home = Card("", tuple(await handlers.home(context)))
        assert "Review suggestions" not in labels(home)
    async with desk.acting(desk.moderator, "moderator") as context:
        home = Card("", tuple(await handlers.home(context)))
        assert any("Review suggestions" in str(label) for label in labels(home))


async def test_a_suggestion_is_approved_in_the_form_of_a_new_question(desk: Desk) -> None:
    async with desk.acting(desk.member) as context:
        await curation.send_suggestion(context, a.SendSuggestion(), desk.submitted({"text": "What did you drop?"}))
    async with desk.acting(desk.moderator, "moderator") as context:
        await curation.review(context, desk.invoked(), {})
        card = replied(context)
    (approve,) = [
        button.action
        for row in card.elements
        if isinstance(row, Buttons)
        for button in row.items
        if isinstance(button, Button) and isinstance(button.action, a.ApproveSuggestion)
    ]
    async with desk.acting(desk.moderator, "moderator") as context:
        form = await curation.open_approval(context, approve)
        event = desk.submitted(filled(form))
        assert isinstance(form.action, a.SaveOwnQuestion)
        assert check_own_question(form.action, event) == {}
        await curation.save_own(context, form.action, event)
        assert "What did you drop?" in words(replied(context))
    async with desk.acting(desk.moderator, "moderator") as context:
        with pytest.raises(UserFacingError):
            await curation.open_decline(context, a.OpenDecline(suggestion=approve.suggestion))


async def test_an_own_situational_question_is_added_with_its_points_line_by_line(desk: Desk) -> None:
    async with desk.acting(desk.admin, "admin") as context:
        form = await curation.open_own(context, {})
        text = "The queue is full. What do you do?"
        without = desk.submitted(filled(form, text=text, kind=["situational"]))
        assert list(check_own_question(a.SaveOwnQuestion(), without)) == ["points"]
        entered = filled(
            form, text=text, kind=["situational"], points="- Stop intake.\n\n* Tell users.", must_not="Drop data."
        )
        await curation.save_own(context, a.SaveOwnQuestion(), desk.submitted(entered))
        assert "Answers are scored by 2 key points." in words(replied(context))
    async with desk.acting(desk.admin, "admin") as context:
        await curation.list_own(context, a.ListOwnQuestions(), desk.clicked())
        assert text in words(replied(context))


async def test_a_question_is_queued_by_its_words_or_chosen_among_those_meant(desk: Desk) -> None:
    programme = await desk.programme()
    async with desk.acting(desk.moderator, "moderator") as context:
        await curation.queue(context, desk.invoked(), {"question": "q-two"})
        assert 'Queued in "Morning question".' in words(replied(context))
    async with desk.acting(desk.moderator, "moderator") as context:
        find = a.FindForQueue(programme=programme.id)
        await curation.find_for_queue(context, find, desk.submitted({"words": "tell me about"}))
        assert "Which of these is to be asked next?" in words(replied(context))
    async with desk.acting(desk.moderator, "moderator") as context:
        chosen = replace(desk.clicked(), chosen=("q-five",))
        await curation.queue_chosen(context, a.QueueChosen(programme=programme.id), chosen)
    async with desk.acting(desk.moderator, "moderator") as context:
        await curation.queue(context, desk.invoked(), {})
        shown = words(replied(context))
    assert shown.index("q-two") < shown.index("q-five")


async def test_where_several_programmes_can_be_meant_each_is_a_button(desk: Desk) -> None:
    for name in ("First", "Second"):
        await desk.programme(name=name)
    async with desk.acting(desk.moderator, "moderator") as context:
        await curation.queue(context, desk.invoked(), {"question": "q-two"})
        card = replied(context)
        assert labels(card) == ["First", "Second"]


async def test_a_veto_is_made_by_command_listed_and_taken_back(desk: Desk) -> None:
    async with desk.acting(desk.moderator, "moderator") as context:
        await curation.veto(context, desk.invoked(), {"question": "q-two"})
        assert "This question is not asked any more." in words(replied(context))
    async with desk.acting(desk.moderator, "moderator") as context:
        await curation.veto(context, desk.invoked(), {})
        card = replied(context)
    (back,) = [row.items[0].action for row in card.elements if isinstance(row, Buttons)]
    assert isinstance(back, a.TakeBackVeto)
    async with desk.acting(desk.moderator, "moderator") as context:
        await curation.take_back_veto(context, back, desk.clicked())
        assert "It can be asked again." in words(replied(context))


async def test_words_that_may_mean_several_questions_veto_none_before_one_is_chosen(desk: Desk) -> None:
    async with desk.acting(desk.moderator, "moderator") as context:
        await curation.veto(context, desk.invoked(), {"question": "tell me about"})
        assert "Which of these is not to be asked any more?" in words(replied(context))
        assert await vetoes(context.session) == []
    async with desk.acting(desk.moderator, "moderator") as context:
        await curation.veto_chosen(context, a.VetoChosen(), replace(desk.clicked(), chosen=("q-one",)))
        assert [veto.question_id for veto in await vetoes(context.session)] == ["q-one"]


@pytest.mark.parametrize(("where", "everywhere"), [("everywhere", True), ("here", False)])
async def test_a_veto_from_the_question_says_why_and_where(desk: Desk, where: str, everywhere: bool) -> None:
    programme = await desk.programme()
    await desk.tick(berlin(2, 9))
    (slot,) = await desk.slots()
    async with desk.acting(desk.moderator, "moderator") as context:
        form = await curation.open_veto(context, a.OpenVeto(slot=slot.id))
        assert isinstance(form.action, a.VetoQuestion)
        event = desk.submitted(filled(form, reason="Too close to home.", where=where))
        await curation.save_veto(context, form.action, event)
        (veto,) = await vetoes(context.session)
        assert (veto.question_id, veto.reason) == (slot.question_id, "Too close to home.")
        assert veto.programme_id == (None if everywhere else programme.id)
    async with desk.acting(desk.moderator, "moderator") as context:
        await curation.veto(context, desk.invoked(), {})
        assert "Because: Too close to home." in words(replied(context))


async def test_completion_offers_questions(desk: Desk) -> None:
    async with desk.acting(desk.moderator, "moderator") as context:
        assert "q-three" in [choice.value for choice in await curation.complete_question(context, "three")]


async def test_a_channel_that_is_archived_reaches_the_programmes_as_an_event(desk: Desk) -> None:
    await desk.programme()
    event = ChannelChanged(
        delivery_id="e9", installation=INSTALLATION, occurred_at=desk.now, conversation=CHANNEL, change="archived"
    )
    async with desk.session() as session:
        assert not await handlers.channel_changed(desk.context(session), event)
    assert (await the_programme(desk)).paused_reason is not None


async def test_a_persons_suggestions_are_taken_out_and_erased_and_their_name_leaves_the_rest(any_desk: Desk) -> None:
    desk = any_desk
    programme = await desk.programme()
    async with desk.acting(desk.admin, "admin") as context:
        await curation.send_suggestion(context, a.SendSuggestion(), desk.submitted({"text": "Why this team?"}))
        form = await curation.open_own(context, {})
        await curation.save_own(context, a.SaveOwnQuestion(), desk.submitted(filled(form, text="Why now?")))
    async with desk.acting(desk.admin, "admin") as context:
        taken = await handlers.export(context, desk.admin)
        assert [row.get("suggested") or row.get("added") for row in taken] == ["Why this team?", "Why now?"]
        assert await handlers.erase(context, desk.admin) == 3
    async with desk.acting(desk.admin, "admin") as context:
        assert await handlers.export(context, desk.admin) == []
        assert (await programme_by_id(context.session, programme.id)).created_by is None


async def test_only_those_the_policy_names_may_run_or_change_programmes(desk: Desk) -> None:
    gathered = gather([feature()])
    async with desk.acting(desk.member) as context:
        subject = Subject(workspace=desk.workspace)
        possible = {name for name, one in gathered.actions.items() if may(context.acting, one.verb, subject)}
    assert possible == {"q.why", "q.suggest", "prog.list"}
