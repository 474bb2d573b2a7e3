"""What this room offers."""

from __future__ import annotations

from bot.base.text import t
from bot.chat.cards import Choice
from bot.chat.commands import Command, Option
from bot.feature.declarations import (
    ActionDeclaration,
    CommandDeclaration,
    Feature,
    FormDeclaration,
    HomeSection,
    PersonalData,
    PlaceDeclaration,
)
from bot.stories import actions as a
from bot.stories import finding_handlers as finding
from bot.stories import handlers, personal_data
from bot.stories.cards import SEEN_BY, save_button
from bot.stories.forms import forms_to_choose
from content.loader import load_content

ANSWER_ACTIONS = "answer.actions"
"""The place on a feedback card; its subject is the answer's id."""
HOME_ORDER = 30


def feature() -> Feature:
    """Stories: captured, kept in versions, found again, shown to others, counted."""
    return Feature(
        name="stories",
        commands=_commands(),
        actions=_actions(),
        forms=(
            FormDeclaration(a.AddStory, "story.add", handlers.add_story, handlers.check_story),
            FormDeclaration(a.EditStory, "story.change", handlers.edit_story, handlers.check_story),
            FormDeclaration(a.SaveTelling, "story.change", handlers.save_telling),
            FormDeclaration(a.SaveFollowUps, "story.change", handlers.save_follow_ups),
            FormDeclaration(a.NoteTold, "story.change", handlers.note_told, handlers.check_told),
        ),
        places=(PlaceDeclaration(ANSWER_ACTIONS, save_button),),
        home=(HomeSection(HOME_ORDER, handlers.home),),
        personal_data=(
            PersonalData(
                "stories",
                t("Your projects and stories with their versions, and when you told them"),
                export=personal_data.export,
                erase=personal_data.erase,
            ),
        ),
    )


def _commands() -> tuple[CommandDeclaration, ...]:
    query = Option("query", t("Words you remember, a theme, or a question"), required=True, completes=True)
    form = Option("form", t("The kind of story"), choices=forms_to_choose(load_content()))
    story = Option("story", t("Which story"), required=True, completes=True)
    who = Option("who", t("Who is to see it"), choices=tuple(Choice(one.value, said) for one, said in SEEN_BY.items()))
    own = {"story": handlers.complete_own}
    return (
        CommandDeclaration(
            Command(("story", "find"), t("Find a story, whatever you remember of it"), (query,)),
            "story.find",
            finding.find,
            completions={"query": finding.complete},
        ),
        CommandDeclaration(
            Command(("story", "add"), t("Write a story by a form"), (form,), acknowledgement="form"),
            "story.add",
            opens=handlers.open_add_command,
        ),
        CommandDeclaration(
            Command(("story", "list"), t("Show your stories")), "story.delete", handlers.list_stories
        ),
        CommandDeclaration(
            Command(("story", "show"), t("Show one of your stories"), (story,)),
            "story.see", handlers.show_command, completions=own,
        ),
        CommandDeclaration(
            Command(("story", "edit"), t("Change one of your stories"), (story,), acknowledgement="form"),
            "story.change", opens=handlers.edit_command, completions=own,
        ),
        CommandDeclaration(
            Command(("story", "visibility"), t("Decide who sees one of your stories"), (story, who)),
            "story.change", handlers.visibility_command, completions=own,
        ),
        CommandDeclaration(
            Command(("story", "delete"), t("Delete one of your stories"), (story,)),
            "story.delete", handlers.delete_command, completions=own,
        ),
        CommandDeclaration(
            Command(("story", "coverage"), t("Show what your stories cover")), "story.delete", handlers.show_coverage
        ),
    )  # fmt: skip


def _actions() -> tuple[ActionDeclaration, ...]:
    return (
        ActionDeclaration(a.SaveAnswer, "story.add", handlers.save_answer),
        ActionDeclaration(
            a.SaveMessage, "story.add", handlers.save_message, on_messages=t("Save as story"), own_messages=True
        ),
        ActionDeclaration(a.OpenAdd, "story.add", opens=handlers.open_add),
        ActionDeclaration(a.ChooseForm, "story.add", handlers.choose_form),
        ActionDeclaration(a.OpenEdit, "story.change", opens=handlers.open_edit),
        ActionDeclaration(a.ShowStory, "story.see", handlers.show),
        ActionDeclaration(a.ListStories, "story.delete", handlers.list_stories),
        ActionDeclaration(a.ShowTelling, "story.see", handlers.show_telling),
        ActionDeclaration(a.OpenTelling, "story.change", opens=handlers.open_telling),
        ActionDeclaration(a.OpenFollowUps, "story.change", opens=handlers.open_follow_ups),
        ActionDeclaration(a.OpenTold, "story.change", opens=handlers.open_told),
        ActionDeclaration(a.ChooseVisibility, "story.change", handlers.choose_visibility),
        ActionDeclaration(a.AskToShow, "story.change", handlers.ask_to_show),
        ActionDeclaration(a.SetStoryVisibility, "story.change", handlers.set_visibility),
        ActionDeclaration(a.AskToDelete, "story.delete", handlers.ask_to_delete),
        ActionDeclaration(a.DeleteStory, "story.delete", handlers.delete_story),
        ActionDeclaration(a.ShowCoverage, "story.delete", handlers.show_coverage),
    )
