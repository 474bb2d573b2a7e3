"""Thin handlers of the commands, buttons and forms of this room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from bot.answers.records import own_answer, parts_of, reviewed
from bot.base.errors import NotAllowed, UserFacingError
from bot.base.text import Text, t
from bot.chat.cards import Button, Buttons, Card, Paragraph
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted
from bot.chat.forms import Form
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.stories import actions, cards, forms, service, version_cards, versions
from bot.stories.choosing import chosen
from bot.stories.finding_handlers import is_own, owner_of
from bot.stories.parts import Draft, clean, draft_of, fitting, parts_by_label, title_of
from bot.stories.projects import project_for
from bot.stories.records import StoryRecord, newest_of, stories_of, story_for
from bot.stories.sharing import pointed_in
from bot.stories.sharing_handlers import reply_changed
from storage.tables.answers import Revision
from storage.tables.stories import Story

NOT_YOURS = t("Only whoever wrote a text can make a story of it.")


async def save_answer(ctx: Context, payload: actions.SaveAnswer, _event: ActionClicked) -> None:
    """ "Save as story" on an answer's card: its parts, or what the rules take its sentences for."""
    answer = await own_answer(ctx, payload.answer, "answer.change")
    if (known := await _story_where(ctx, Story.answer_id == answer.id)) is not None:
        ctx.reply(cards.saved_card(known, again=True))
        return
    revision_id = await ctx.session.scalar(
        select(Revision.id).where(Revision.answer_id == answer.id).order_by(Revision.number.desc()).limit(1)
    )
    if revision_id is None:
        raise UserFacingError(t("This answer is not scored yet. Press Done, or wait a moment."))
    given = await reviewed(ctx.session, revision_id)
    named = {part.name: clean(part.text) for part in await parts_of(ctx.session, answer) if part.name}
    parts = {name: text for name, text in named.items() if name in forms.HINTS}
    parts = parts or parts_by_label(given.revision.text, given.report)
    draft = fitting({name: clean(text) for name, text in parts.items()})
    question = given.revision.question
    asked = service.finder_for(ctx).archetypes_asked(question) if question else ()
    draft = replace(draft, title=title_of(clean(question or draft.text)), archetypes=asked)
    ctx.reply(cards.saved_card(await service.add(ctx, draft, answer_id=answer.id), left_out=draft.left_out))


async def save_message(ctx: Context, _payload: actions.SaveMessage, event: ActionClicked) -> None:
    """The message action "Save as story"."""
    if event.message is None or len(event.chosen) != 2:
        raise UserFacingError(t("I did not get that message. Paste its text into the form for a new story."))
    author, text = event.chosen
    if ctx.account is None or author != ctx.account.user:
        raise NotAllowed(NOT_YOURS)
    source = event.message.encode()
    condition = (Story.source_message == source) & (Story.member_id == ctx.member)
    if (known := await _story_where(ctx, condition)) is not None:
        ctx.reply(cards.saved_card(known, again=True))
        return
    draft = draft_of(text, ctx.rules)
    ctx.reply(cards.saved_card(await service.add(ctx, draft, message=source), left_out=draft.left_out))


async def open_add_command(ctx: Context, options: Options) -> Form:
    """`story add`: the form of the template or archetype that was chosen."""
    return forms.story_form(ctx.content, str(options.get("form", "")))


async def open_add(ctx: Context, payload: actions.OpenAdd) -> Form:
    """The same by a button."""
    project = await project_for(ctx, payload.project) if payload.project else None
    return forms.story_form(ctx.content, payload.form, project=project.project.name if project else "")


async def choose_form(ctx: Context, _payload: actions.ChooseForm, event: ActionClicked) -> None:
    """A form was chosen from the select: offered to be opened, filled with nothing."""
    form = event.chosen[0] if event.chosen else ""
    ctx.offer_form(forms.story_form(ctx.content, form), t("Here is the form."))


async def add_story(ctx: Context, payload: actions.AddStory, event: FormSubmitted) -> None:
    """A new story came in; one text in the first field alone is taken apart."""
    draft = forms.draft_from(event.values)
    ctx.reply(cards.saved_card(await service.add(ctx, taken_apart(ctx, draft), form=payload.form)))


async def open_edit(ctx: Context, payload: actions.OpenEdit) -> Form:
    """The form with what a story says now."""
    record = await story_for(ctx, payload.story, "story.change")
    return forms.story_form(ctx.content, record.story.form, record)


async def edit_story(ctx: Context, payload: actions.EditStory, event: FormSubmitted) -> None:
    """New words: a new version."""
    record = await story_for(ctx, payload.story, "story.change")
    before = pointed_in(record)
    changed = await service.change(ctx, record, forms.draft_from(event.values))
    await reply_changed(ctx, before, changed, cards.story_card(changed, ctx.content, own=True))


async def list_versions(ctx: Context, payload: actions.ListVersions, _event: ActionClicked) -> None:
    """What a story said from day to day."""
    record = await story_for(ctx, payload.story, "story.change")
    ctx.reply(version_cards.versions_card(record, await versions.versions_of(ctx, record)))


async def list_versions_from(ctx: Context, payload: actions.ListVersionsFrom, _event: ActionClicked) -> None:
    """The next of them."""
    record = await story_for(ctx, payload.story, "story.change")
    said = await versions.versions_of(ctx, record)
    ctx.reply(version_cards.versions_card(record, said, payload.start))


async def show_version(ctx: Context, payload: actions.ShowVersion, _event: ActionClicked) -> None:
    """What a story said once."""
    record = await story_for(ctx, payload.story, "story.change")
    ctx.reply(version_cards.version_card(record, await versions.version_of(ctx, record, payload.number)))


async def restore_version(ctx: Context, payload: actions.RestoreVersion, _event: ActionClicked) -> None:
    """Back to what it said, as a new version."""
    record = await story_for(ctx, payload.story, "story.change")
    before = pointed_in(record)
    version = await versions.version_of(ctx, record, payload.number)
    changed = await versions.restore(ctx, record, version)
    await reply_changed(ctx, before, changed, cards.story_card(changed, ctx.content, own=True))


def check_story(_payload: Any, event: FormSubmitted) -> Mapping[str, Text]:
    """What is wrong with a story's form."""
    draft = forms.draft_from(event.values)
    return {} if any(letter.isalpha() for letter in draft.text) else {"action": service.NOTHING_WRITTEN}


async def show(ctx: Context, payload: actions.ShowStory, _event: ActionClicked) -> None:
    """A whole story."""
    await _show(ctx, payload.story)


async def show_command(ctx: Context, _event: CommandInvoked, options: Options) -> None:
    """The same by command."""
    await _show(ctx, await chosen(ctx, options))


async def edit_command(ctx: Context, options: Options) -> Form:
    """`story edit`."""
    return await open_edit(ctx, actions.OpenEdit(story=await chosen(ctx, options)))


async def delete_command(ctx: Context, _event: CommandInvoked, options: Options) -> None:
    """`story delete`: asks first."""
    ctx.reply(cards.delete_card(await story_for(ctx, await chosen(ctx, options), "story.delete")))


async def list_stories(ctx: Context, _event: object, _given: object = None) -> None:
    """One's own stories."""
    ctx.reply(cards.list_card(await stories_of(ctx.session, ctx.member), ctx.content))


async def list_stories_from(ctx: Context, payload: actions.ListStoriesFrom, _event: ActionClicked) -> None:
    """The next of them."""
    ctx.reply(cards.list_card(await stories_of(ctx.session, ctx.member), ctx.content, payload.start))


async def ask_to_delete(ctx: Context, payload: actions.AskToDelete, _event: ActionClicked) -> None:
    """Asks first."""
    ctx.reply(cards.delete_card(await story_for(ctx, payload.story, "story.delete")))


async def delete_story(ctx: Context, payload: actions.DeleteStory, _event: ActionClicked) -> None:
    """Gone."""
    await service.drop(ctx, (await story_for(ctx, payload.story, "story.delete")).story.id)
    ctx.reply(Card(t("The story is deleted, with everything that belonged to it.")))


async def home(ctx: Context) -> Sequence[Any]:
    """The way to one's stories from the home."""
    return (
        Paragraph(t("Your stories: what you will tell in the interview.")),
        Buttons(
            (
                Button(t("My stories"), actions.ListStories()),
                Button(t("My projects"), actions.ListProjects()),
                Button(t("A new story"), actions.OpenAdd()),
                Button(t("What they cover"), actions.ShowCoverage()),
            )
        ),
    )


def taken_apart(ctx: Context, draft: Draft) -> Draft:
    """A story pasted as one text into one field, as its parts."""
    if len(draft.parts) != 1:
        return draft
    found = draft_of(draft.text, ctx.rules)
    return replace(found, title=draft.title or found.title, project=draft.project, tags=draft.tags)


async def _show(ctx: Context, story: str) -> None:
    record = await story_for(ctx, story, "story.see")
    ctx.reply(cards.story_card(record, ctx.content, own=is_own(ctx, record), owner=await owner_of(ctx, record)))


async def _story_where(ctx: Context, condition: Any) -> StoryRecord | None:
    known = await ctx.session.scalar(select(Story.id).where(condition))
    return (await newest_of(ctx.session, [known]))[0] if known is not None else None
