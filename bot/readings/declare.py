"""What this room offers."""

from __future__ import annotations

from bot.answers.withdrawing import WITHDRAWN
from bot.base.text import t
from bot.chat.cards import Button
from bot.chat.commands import Command, Option
from bot.chat.events import MemberLeft
from bot.feature.declarations import (
    ActionDeclaration,
    CommandDeclaration,
    DeliveryDeclaration,
    Feature,
    FollowerDeclaration,
    FormDeclaration,
    ListenerDeclaration,
    PageDeclaration,
    PersonalData,
    PlaceDeclaration,
)
from bot.feature.pages import page_button
from bot.readings import actions as a
from bot.readings import handlers, pages, personal_data, posts, service
from bot.readings.cards import READINGS_PAGE
from bot.review.own_cards import BOARD_ANSWER
from bot.stories import choosing
from bot.stories.cards import STORY_CARD, STORY_PAGE
from bot.stories.service import DROPPED


def feature() -> Feature:
    """Level readings: somebody shows one colleague a story or an answer, who says which level it shows."""
    return Feature(
        name="readings",
        commands=_commands(),
        actions=(
            ActionDeclaration(a.SeeReadings, "reading.own", handlers.see),
            ActionDeclaration(a.MoreReadings, "reading.own", handlers.see_more),
            ActionDeclaration(a.ListReadings, "reading.own", handlers.list_readings),
            ActionDeclaration(a.OpenRequest, "reading.ask", opens=handlers.open_request),
            ActionDeclaration(a.ShowAndAsk, "reading.ask", handlers.show_and_ask),
            ActionDeclaration(a.TakeBack, "reading.own", handlers.take_back),
            ActionDeclaration(a.ReadLevel, "reading.give", handlers.read),
            ActionDeclaration(a.WriteLevel, "reading.give", opens=handlers.write),
            ActionDeclaration(a.DeclineLevel, "reading.give", handlers.decline),
        ),
        forms=(
            FormDeclaration(a.SendRequest, "reading.ask", handlers.send_request),
            FormDeclaration(a.SendLevel, "reading.give", handlers.send, handlers.check),
        ),
        listeners=(ListenerDeclaration(MemberLeft, service.member_left),),
        deliveries=(
            DeliveryDeclaration(
                posts.ASKED,
                posts.prepare_request,
                gone=posts.request_unreachable,
                called=t("a request to read a level"),
            ),
            DeliveryDeclaration(posts.TOLD, posts.prepare_word, called=t("a colleague's reading of a level")),
        ),
        places=(
            PlaceDeclaration(STORY_CARD, _of_story),
            PlaceDeclaration(STORY_PAGE, _all_of_them),
            PlaceDeclaration(BOARD_ANSWER, _of_answer),
        ),
        followers=(
            FollowerDeclaration(DROPPED, service.forget_story),
            FollowerDeclaration(WITHDRAWN, service.forget_answer),
        ),
        pages=(PageDeclaration(READINGS_PAGE, t("The level that others read"), "reading.own", pages.build_readings),),
        personal_data=(
            PersonalData(
                "readings",
                t("Whom you asked for the level of stories and answers, what they said, and what you read for others"),
                export=personal_data.export,
                erase=personal_data.erase,
                in_steps=True,
            ),
        ),
    )


def _commands() -> tuple[CommandDeclaration, ...]:
    story = Option("story", t("Which story; left out, you see them all"), completes=True)
    reader = Option("member", t("Whom to ask; left out, you see who was asked"), type="member")
    of_answer = Option("member", t("Whom to ask"), type="member", required=True)
    return (
        CommandDeclaration(
            Command(("story", "level"), t("Ask a colleague which level a story shows"), (story, reader)),
            "reading.own",
            handlers.story_command,
            completions={"story": choosing.complete_own},
        ),
        CommandDeclaration(
            Command(("round", "level"), t("Ask a colleague which level your answer shows"), (of_answer,)),
            "reading.ask",
            handlers.answer_command,
        ),
    )


def _of_story(story: str) -> Button:
    return Button(t("The level others read"), a.SeeReadings(what="story", subject=story))


def _all_of_them(_story: str) -> Button:
    return page_button(t("The level that others read"), READINGS_PAGE)


def _of_answer(answer: str) -> Button:
    return Button(t("The level others read"), a.SeeReadings(what="answer", subject=answer))
