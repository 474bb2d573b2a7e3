"""Payloads of this room's buttons, selects and forms."""

from __future__ import annotations

from typing import ClassVar

from bot.chat.actions import Action


class SaveAnswer(Action):
    """Makes a story of an answer."""

    name: ClassVar[str] = "s.answer"
    answer: str


class SaveMessage(Action):
    """A message action: make a story of the message it was chosen on, as `ScoreMessage` is handed it."""

    name: ClassVar[str] = "s.message"


class OpenAdd(Action):
    """Opens the form for a new story; `form` is a template or an archetype, or empty, and so is `project`."""

    name: ClassVar[str] = "s.new"
    version: ClassVar[int] = 2
    form: str = ""
    project: str = ""


class ChooseForm(Action):
    """A select of the forms a story can be written by."""

    name: ClassVar[str] = "s.form"


class AddStory(Action):
    """The form for a new story."""

    name: ClassVar[str] = "s.added"
    form: str = ""


class OpenEdit(Action):
    """Opens the form with what a story says now."""

    name: ClassVar[str] = "s.edit"
    story: str


class EditStory(Action):
    """The form with a story's new words."""

    name: ClassVar[str] = "s.edited"
    story: str


class ShowStory(Action):
    """Shows a whole story."""

    name: ClassVar[str] = "s.show"
    story: str


class ListStories(Action):
    """Lists one's own stories."""

    name: ClassVar[str] = "s.list"


class ListStoriesFrom(Action):
    """Lists one's own stories from one of them on, counted from 0."""

    name: ClassVar[str] = "s.list.from"
    start: int


class ShowTelling(Action):
    """Shows a story as it is told in two or five minutes."""

    name: ClassVar[str] = "s.tell"
    story: str
    length: str


class OpenTelling(Action):
    """Opens the form for a telling."""

    name: ClassVar[str] = "s.telling"
    story: str
    length: str


class SaveTelling(Action):
    """The form for a telling."""

    name: ClassVar[str] = "s.kept"
    story: str
    length: str


class OpenFollowUps(Action):
    """Opens the form for the answers to the standing follow-up questions."""

    name: ClassVar[str] = "s.ask"
    story: str


class SaveFollowUps(Action):
    """The form for the answers to the standing follow-up questions."""

    name: ClassVar[str] = "s.asked"
    story: str


class OpenTold(Action):
    """Opens the form that notes when and where a story was told."""

    name: ClassVar[str] = "s.when"
    story: str


class NoteTold(Action):
    """The form that notes when and where a story was told."""

    name: ClassVar[str] = "s.noted"
    story: str


class ChooseVisibility(Action):
    """Asks who may see a story."""

    name: ClassVar[str] = "s.who"
    story: str


class AskToShow(Action):
    """Points at what may be confidential before others see a story."""

    name: ClassVar[str] = "s.check"
    story: str
    visibility: str


class SetStoryVisibility(Action):
    """Decides who may see a story; `looked_at` is the mark of what was pointed at in it (`sharing.mark_of`)."""

    name: ClassVar[str] = "s.seen"
    version: ClassVar[int] = 2
    story: str
    visibility: str
    looked_at: str = ""


class AskToDelete(Action):
    """Asks whether a story is to be deleted."""

    name: ClassVar[str] = "s.drop"
    story: str


class DeleteStory(Action):
    """Deletes a story with all its versions."""

    name: ClassVar[str] = "s.gone"
    story: str


class ShowCoverage(Action):
    """Shows what one's stories cover."""

    name: ClassVar[str] = "s.cover"


class ShowWholeCoverage(Action):
    """Shows everything that one's stories cover, and all that is missing."""

    name: ClassVar[str] = "s.cover.all"


class AnswerSuggested(Action):
    """Opens the private form to answer a question that would fill a gap."""

    name: ClassVar[str] = "s.fill"
    question: str


class ListVersions(Action):
    """Lists what a story said before."""

    name: ClassVar[str] = "s.versions"
    story: str


class ListVersionsFrom(Action):
    """Lists them from one on, counted from 0, the newest first."""

    name: ClassVar[str] = "s.versions.from"
    story: str
    start: int


class ShowVersion(Action):
    """Shows what a story said in one of its versions."""

    name: ClassVar[str] = "s.version"
    story: str
    number: int


class RestoreVersion(Action):
    """Lets a story say again what it said in one of its versions."""

    name: ClassVar[str] = "s.restore"
    story: str
    number: int


class ListProjects(Action):
    """Lists one's projects."""

    name: ClassVar[str] = "s.projects"


class ListProjectsFrom(Action):
    """Lists one's projects from one of them on, counted from 0."""

    name: ClassVar[str] = "s.projects.from"
    start: int


class ShowProject(Action):
    """Shows a project with its stories."""

    name: ClassVar[str] = "s.project"
    project: str


class OpenProject(Action):
    """Opens the form of a new project, or of the one named."""

    name: ClassVar[str] = "s.p.open"
    project: str = ""


class SaveProject(Action):
    """The form of a project; `project` where it is known already."""

    name: ClassVar[str] = "s.p.save"
    project: str = ""


class AskToDeleteProject(Action):
    """Asks whether a project is to be deleted."""

    name: ClassVar[str] = "s.p.drop"
    project: str


class DeleteProject(Action):
    """Deletes a project; its stories stay."""

    name: ClassVar[str] = "s.p.gone"
    project: str
