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
    PageDeclaration,
    PersonalData,
    PlaceDeclaration,
)
from bot.scoring.rubric import Rules
from bot.stories import actions as a
from bot.stories import choosing, coverage_handlers, coverage_pages, handlers, pages, personal_data, service
from bot.stories import finding_handlers as finding
from bot.stories import project_handlers as projects
from bot.stories import sharing_handlers as sharing
from bot.stories import telling_handlers as telling
from bot.stories.cards import STORIES, STORY, save_button
from bot.stories.coverage_cards import COVERAGE_PAGE
from bot.stories.facts import SEEN_BY
from bot.stories.forms import forms_to_choose
from bot.stories.static_model import StaticModel
from content.loader import Content, load_content

STORY_ACTIONS = "story.actions"
"""The place on a feedback card of a story that was rated; its subject is the answer's id."""
HOME_ORDER = 30


def feature(model: StaticModel | None = None) -> Feature:
    """Stories: captured, kept in versions, found again, shown to others, counted; with a `model` also by meaning."""

    def warm(content: Content, rules: Rules) -> None:
        service.warm(content, rules)
        if model is not None:
            model.load()

    return Feature(
        name="stories",
        commands=_commands(),
        actions=_actions(),
        forms=(
            FormDeclaration(a.AddStory, "story.add", handlers.add_story, handlers.check_story),
            FormDeclaration(a.EditStory, "story.change", handlers.edit_story, handlers.check_story),
            FormDeclaration(a.SaveTelling, "story.change", telling.save_telling),
            FormDeclaration(a.SaveFollowUps, "story.change", telling.save_follow_ups),
            FormDeclaration(a.NoteTold, "story.change", telling.note_told, telling.check_told),
            FormDeclaration(a.SaveProject, "story.change", projects.save_project, projects.check_project),
        ),
        warm=warm,
        brings={service.meaning: model},
        places=(PlaceDeclaration(STORY_ACTIONS, save_button),),
        home=(HomeSection(HOME_ORDER, handlers.home),),
        pages=(
            PageDeclaration(STORIES, t("Your stories"), "story.delete", pages.build_stories),
            PageDeclaration(STORY, t("The story"), "story.see", pages.build_story, writes=True),
            PageDeclaration(COVERAGE_PAGE, t("What your stories cover"), "story.delete", coverage_pages.build_coverage),
        ),
        personal_data=(
            PersonalData(
                "stories",
                t("Your projects and stories with their versions, and when you told them"),
                export=personal_data.export,
                erase=personal_data.erase,
                in_steps=True,
                documents=personal_data.documents,
            ),
        ),
    )


def _commands() -> tuple[CommandDeclaration, ...]:
    query = Option("query", t("Words you remember, a theme, or a question"), required=True, completes=True)
    form = Option("form", t("The kind of story"), choices=forms_to_choose(load_content()))
    story = Option("story", t("Which story"), required=True, completes=True)
    who = Option("who", t("Who is to see it"), choices=tuple(Choice(one.value, said) for one, said in SEEN_BY.items()))
    own = {"story": choosing.complete_own}
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
            "story.change", sharing.visibility_command, completions=own,
        ),
        CommandDeclaration(
            Command(("story", "delete"), t("Delete one of your stories"), (story,)),
            "story.delete", handlers.delete_command, completions=own,
        ),
        CommandDeclaration(
            Command(("story", "projects"), t("Show your projects")), "story.delete", projects.list_projects
        ),
        CommandDeclaration(
            Command(("story", "coverage"), t("Show what your stories cover")),
            "story.delete", coverage_handlers.show_coverage,
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
        ActionDeclaration(a.ListStoriesFrom, "story.delete", handlers.list_stories_from),
        ActionDeclaration(a.ShowTelling, "story.see", telling.show_telling),
        ActionDeclaration(a.OpenTelling, "story.change", opens=telling.open_telling),
        ActionDeclaration(a.OpenFollowUps, "story.change", opens=telling.open_follow_ups),
        ActionDeclaration(a.OpenTold, "story.change", opens=telling.open_told),
        ActionDeclaration(a.ChooseVisibility, "story.change", sharing.choose_visibility),
        ActionDeclaration(a.AskToShow, "story.change", sharing.ask_to_show),
        ActionDeclaration(a.SetStoryVisibility, "story.change", sharing.set_visibility),
        ActionDeclaration(a.AskToDelete, "story.delete", handlers.ask_to_delete),
        ActionDeclaration(a.DeleteStory, "story.delete", handlers.delete_story),
        ActionDeclaration(a.ShowCoverage, "story.delete", coverage_handlers.show_coverage),
        ActionDeclaration(a.ShowWholeCoverage, "story.delete", coverage_handlers.show_whole_coverage),
        ActionDeclaration(a.AnswerSuggested, "message.score", opens=coverage_handlers.answer_suggested),
        ActionDeclaration(a.ListVersions, "story.change", handlers.list_versions),
        ActionDeclaration(a.ListVersionsFrom, "story.change", handlers.list_versions_from),
        ActionDeclaration(a.ShowVersion, "story.change", handlers.show_version),
        ActionDeclaration(a.RestoreVersion, "story.change", handlers.restore_version),
        ActionDeclaration(a.ListProjects, "story.delete", projects.list_projects),
        ActionDeclaration(a.ListProjectsFrom, "story.delete", projects.list_projects_from),
        ActionDeclaration(a.ShowProject, "story.delete", projects.show_project),
        ActionDeclaration(a.OpenProject, "story.change", opens=projects.open_project),
        ActionDeclaration(a.AskToDeleteProject, "story.delete", projects.ask_to_delete),
        ActionDeclaration(a.DeleteProject, "story.delete", projects.delete_project),
    )
