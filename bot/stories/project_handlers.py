"""Thin handlers of the command, buttons and form of projects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.base.errors import UserFacingError
from bot.base.text import Text, t
from bot.chat.cards import Card
from bot.chat.events import ActionClicked, FormSubmitted
from bot.chat.forms import Form
from bot.feature.context import Context
from bot.stories import actions, project_cards, projects
from bot.stories.parts import all_of, clean

NO_NAME = t("Give the project a name you would recognise in a year.")


async def list_projects(ctx: Context, _event: object, _given: object = None) -> None:
    """One's own projects."""
    ctx.reply(project_cards.projects_card(await projects.projects_of(ctx, ctx.member)))


async def list_projects_from(ctx: Context, payload: actions.ListProjectsFrom, _event: ActionClicked) -> None:
    """The next of them."""
    ctx.reply(project_cards.projects_card(await projects.projects_of(ctx, ctx.member), payload.start))


async def show_project(ctx: Context, payload: actions.ShowProject, _event: ActionClicked) -> None:
    """A whole project."""
    ctx.reply(project_cards.project_card(await projects.project_for(ctx, payload.project, "story.delete"), ctx.content))


async def open_project(ctx: Context, payload: actions.OpenProject) -> Form:
    """The form of a new project, or of the one named."""
    known = await projects.project_for(ctx, payload.project) if payload.project else None
    return project_cards.project_form(ctx.content, known)


def check_project(_payload: Any, event: FormSubmitted) -> Mapping[str, Text]:
    """What is wrong with a project's form."""
    return {} if any(letter.isalnum() for letter in _values(event)["name"]) else {"name": NO_NAME}


async def save_project(ctx: Context, payload: actions.SaveProject, event: FormSubmitted) -> None:
    """A project came in; a name that is taken gives the form back as it was filled in."""
    known = await projects.project_for(ctx, payload.project) if payload.project else None
    try:
        saved = await projects.save_project(ctx, known, _values(event))
    except UserFacingError as problem:
        ctx.offer_form(project_cards.project_form(ctx.content, known, _values(event)), problem.text)
        return
    ctx.reply(project_cards.project_card(saved, ctx.content))


async def ask_to_delete(ctx: Context, payload: actions.AskToDeleteProject, _event: ActionClicked) -> None:
    """Asks first."""
    ctx.reply(project_cards.delete_project_card(await projects.project_for(ctx, payload.project, "story.delete")))


async def delete_project(ctx: Context, payload: actions.DeleteProject, _event: ActionClicked) -> None:
    """Gone."""
    await projects.drop_project(ctx, await projects.project_for(ctx, payload.project, "story.delete"))
    ctx.reply(Card(t("The project is deleted. Its stories stay.")))


def _values(event: FormSubmitted) -> dict[str, str]:
    texts = {name: clean(all_of(event.values.get(name, ()))) for name in ("name", *projects.COLUMNS)}
    return {**texts, "name": " ".join(texts["name"].split())}
