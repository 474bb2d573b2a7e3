"""What the part of this room that shows progress offers; `declare.py` adds it to the rest."""

from __future__ import annotations

from bot.base.text import t
from bot.chat.commands import Command, Option
from bot.feature.declarations import (
    ActionDeclaration,
    CommandDeclaration,
    HomeSection,
    PageDeclaration,
    PlaceDeclaration,
)
from bot.mentoring import progress_handlers as handlers
from bot.mentoring.mentee_cards import MENTEE_ACTIONS
from bot.mentoring.progress_actions import ShowAsMentorSees, ShowCohort, ShowMenteesProgress, ShowProgress
from bot.mentoring.progress_cards import PROGRESS_PAGE, mentees_button

HOME_ORDER = 35
"""Below one's answers and stories, above one's mentors."""


def progress_commands() -> tuple[CommandDeclaration, ...]:
    """`progress show`, `progress of`, `progress cohort`."""
    mentee = Option("mentee", t("Whose"), "member", required=True)
    channel = Option("channel", t("The channel; without it everywhere"), "channel")
    return (
        CommandDeclaration(
            Command(("progress", "show"), t("Show how your answers develop"), alone=True),
            "progress.see", handlers.show_own,
        ),
        CommandDeclaration(
            Command(
                ("progress", "of"), t("Show what a mentee shows you of their progress"), (mentee,),
                on_people=t("Show their progress"),
            ),
            "progress.see", handlers.show_of,
        ),
        CommandDeclaration(
            Command(("progress", "cohort"), t("Show your mentees side by side, or counts of a channel"), (channel,)),
            "progress.cohort", handlers.show_cohort,
        ),
    )  # fmt: skip


def progress_actions() -> tuple[ActionDeclaration, ...]:
    """The buttons about progress."""
    return (
        ActionDeclaration(ShowProgress, "progress.see", handlers.own_by_button),
        ActionDeclaration(ShowMenteesProgress, "progress.see", handlers.mentees_by_button),
        ActionDeclaration(ShowAsMentorSees, "progress.see", handlers.as_mentor_sees),
        ActionDeclaration(ShowCohort, "progress.cohort", handlers.cohort_by_button),
    )


def progress_home() -> tuple[HomeSection, ...]:
    """The short form in everybody's home."""
    return (HomeSection(HOME_ORDER, handlers.home),)


def progress_places() -> tuple[PlaceDeclaration, ...]:
    """The way to a mentee's progress from the mentor's card of them."""
    return (PlaceDeclaration(MENTEE_ACTIONS, mentees_button),)


def progress_pages() -> tuple[PageDeclaration, ...]:
    """The page of one's own progress, or of a mentee's."""
    return (PageDeclaration(PROGRESS_PAGE, t("Progress"), "progress.see", handlers.build_page, writes=True),)
