"""Projects: what stories come from, in the columns of the project table (S2.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId, new_id
from bot.base.policy import Subject
from bot.base.text import t
from bot.feature.context import Context
from bot.stories.records import StoryRecord, stories_of
from bot.stories.service import let_be_found
from storage.tables.stories import Project
from storage.tenancy import required_workspace_of

COLUMNS = ("impact", "challenge", "role", "outcome", "learnings")
LONGEST_NAME = 80
GONE = t("This project is not there any more.")
TAKEN = t("You have another project of this name. Choose a name you would recognise in a year.")


@dataclass(frozen=True, slots=True)
class ProjectRecord:
    """A project with the stories that come from it."""

    project: Project
    stories: Sequence[StoryRecord] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns of the project table that have no words yet."""
        return tuple(name for name in COLUMNS if not getattr(self.project, name))


async def projects_of(ctx: Context, member: MemberId) -> list[ProjectRecord]:
    """A member's projects by name, each with its stories."""
    rows = await ctx.session.scalars(
        select(Project).where(Project.member_id == member).order_by(Project.name, Project.id)
    )
    stories: dict[str, list[StoryRecord]] = {}
    for one in await stories_of(ctx.session, member):
        stories.setdefault(one.story.project_id or "", []).append(one)
    return [ProjectRecord(project, stories.get(project.id, ())) for project in rows]


async def project_for(ctx: Context, project_id: str, verb: str = "story.change") -> ProjectRecord:
    """The project with this id, if the actor may do `verb` to it; a sentence where it is not there any more."""
    project = await ctx.session.get(Project, project_id)
    if project is None:
        raise UserFacingError(GONE)
    ctx.require(verb, Subject(required_workspace_of(ctx.session), project.member_id))
    stories = await stories_of(ctx.session, project.member_id)
    return ProjectRecord(project, [one for one in stories if one.story.project_id == project.id])


async def save_project(ctx: Context, known: ProjectRecord | None, values: Mapping[str, str]) -> ProjectRecord:
    """Keep a project of the actor's with these values by column; a new name is found with its stories at once."""
    name = values["name"][:LONGEST_NAME]
    other = await ctx.session.scalar(select(Project).where(Project.member_id == ctx.member, Project.name == name))
    if other is not None and (known is None or other.id != known.project.id):
        raise UserFacingError(TAKEN)
    if known is None:
        project = Project(id=new_id(), member_id=ctx.member, name=name, created_at=ctx.now)
        ctx.session.add(project)
    else:
        project = known.project
    renamed = project.name != name
    project.name = name
    for column in COLUMNS:
        setattr(project, column, values.get(column, ""))
    await ctx.session.flush()
    stories = known.stories if known is not None else ()
    if renamed:
        for story in stories:
            await let_be_found(ctx, story)
    return ProjectRecord(project, stories)


async def drop_project(ctx: Context, record: ProjectRecord) -> None:
    """Delete a project; its stories stay, without one."""
    for story in record.stories:
        story.story.project_id = None
        await let_be_found(ctx, replace(story, project=None))
    await ctx.session.flush()
    await ctx.session.delete(record.project)
    await ctx.session.flush()
