"""Thin handlers of the commands, buttons and forms of this room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from bot.answers.records import own_answer, parts_of, reviewed
from bot.base.errors import NotAllowed, UserFacingError
from bot.base.ids import made_at
from bot.base.text import Text, t
from bot.chat.cards import Button, Buttons, Card, Choice, Paragraph
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted
from bot.chat.forms import Form
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.stories import actions, cards, forms, service
from bot.stories.confidentiality import look_through
from bot.stories.coverage import CoveredStory, cover, telling_of
from bot.stories.coverage_cards import coverage_card
from bot.stories.finding_handlers import CHOSEN, is_own, owner_of
from bot.stories.parts import Draft, all_of, clean, draft_of, parts_by_label, title_of
from bot.stories.records import StoryRecord, newest_of, stories_of, story_for, whole
from storage.tables.answers import Revision
from storage.tables.stories import Story, StoryVisibility, TellingLength

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
    parts = {name: clean(text) for name, text in parts.items()}
    draft = Draft(title_of(clean(given.revision.question or " ".join(parts.values()))), parts)
    ctx.reply(cards.saved_card(await service.add(ctx, draft, answer_id=answer.id)))


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
    ctx.reply(cards.saved_card(await service.add(ctx, draft_of(text, ctx.rules), message=source)))


async def open_add_command(ctx: Context, options: Options) -> Form:
    """`story add`: the form of the template or archetype that was chosen."""
    return forms.story_form(ctx.content, str(options.get("form", "")))


async def open_add(ctx: Context, payload: actions.OpenAdd) -> Form:
    """The same by a button."""
    return forms.story_form(ctx.content, payload.form)


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
    changed = await service.change(ctx, record, forms.draft_from(event.values))
    ctx.reply(cards.story_card(changed, ctx.content, own=True))


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


async def visibility_command(ctx: Context, _event: CommandInvoked, options: Options) -> None:
    """`story visibility`: straight to the check where it was said who is to see it."""
    record = await story_for(ctx, await chosen(ctx, options), "story.change")
    wanted = str(options.get("who", ""))
    ctx.reply(_asked(ctx, record, StoryVisibility(wanted)) if wanted else cards.visibility_card(record))


async def delete_command(ctx: Context, _event: CommandInvoked, options: Options) -> None:
    """`story delete`: asks first."""
    ctx.reply(cards.delete_card(await story_for(ctx, await chosen(ctx, options), "story.delete")))


async def list_stories(ctx: Context, _event: object, _given: object = None) -> None:
    """One's own stories."""
    ctx.reply(cards.list_card(await stories_of(ctx.session, ctx.member), ctx.content))


async def show_telling(ctx: Context, payload: actions.ShowTelling, _event: ActionClicked) -> None:
    """A story as it is told."""
    record = await story_for(ctx, payload.story, "story.see")
    length = TellingLength(payload.length)
    ctx.reply(cards.telling_card(record, length, record.tellings.get(length), own=is_own(ctx, record)))


async def open_telling(ctx: Context, payload: actions.OpenTelling) -> Form:
    """The form for a telling."""
    return forms.telling_form(await story_for(ctx, payload.story, "story.change"), TellingLength(payload.length))


async def save_telling(ctx: Context, payload: actions.SaveTelling, event: FormSubmitted) -> None:
    """A telling came in."""
    record = await story_for(ctx, payload.story, "story.change")
    length = TellingLength(payload.length)
    telling = await service.tell(ctx, record, length, clean(_value(event, "text")))
    ctx.reply(cards.telling_card(record, length, telling, own=True))


async def open_follow_ups(ctx: Context, payload: actions.OpenFollowUps) -> Form:
    """The form for the standing follow-up questions."""
    return forms.follow_up_form(ctx.content, await story_for(ctx, payload.story, "story.change"))


async def save_follow_ups(ctx: Context, payload: actions.SaveFollowUps, event: FormSubmitted) -> None:
    """The answers came in."""
    record = await story_for(ctx, payload.story, "story.change")
    answers = {name: clean(_value(event, name)) for name in ctx.content.follow_ups}
    await service.answer_follow_ups(ctx, record, answers)
    await ctx.session.flush()
    ctx.reply(cards.story_card(await whole(ctx.session, record), ctx.content, own=True))


async def open_told(ctx: Context, payload: actions.OpenTold) -> Form:
    """The form that notes when and where a story was told."""
    return forms.told_form(await story_for(ctx, payload.story, "story.change"), ctx.now.date().isoformat())


async def note_told(ctx: Context, payload: actions.NoteTold, event: FormSubmitted) -> None:
    """It was told."""
    record = await story_for(ctx, payload.story, "story.change")
    told_on = date.fromisoformat(_value(event, "told_on"))
    await service.note_told(ctx, record, told_on, " ".join(clean(_value(event, "place")).split()))
    ctx.reply(Card(t("Noted. Your stories show which of them you tell too often.")))


def check_told(_payload: Any, event: FormSubmitted) -> Mapping[str, Text]:
    """Whether the day is one."""
    try:
        date.fromisoformat(_value(event, "told_on"))
    except ValueError:
        return {"told_on": t("Write the day as 2026-11-30.")}
    return {}


async def choose_visibility(ctx: Context, payload: actions.ChooseVisibility, _event: ActionClicked) -> None:
    """Who sees a story, and what else can be chosen."""
    ctx.reply(cards.visibility_card(await story_for(ctx, payload.story, "story.change")))


async def ask_to_show(ctx: Context, payload: actions.AskToShow, _event: ActionClicked) -> None:
    """What may be confidential, before others see it."""
    record = await story_for(ctx, payload.story, "story.change")
    ctx.reply(_asked(ctx, record, StoryVisibility(payload.visibility)))


async def set_visibility(ctx: Context, payload: actions.SetStoryVisibility, _event: ActionClicked) -> None:
    """Decided."""
    record = await story_for(ctx, payload.story, "story.change")
    await service.show_to(ctx, record, StoryVisibility(payload.visibility))
    ctx.reply(cards.visibility_card(record))


async def ask_to_delete(ctx: Context, payload: actions.AskToDelete, _event: ActionClicked) -> None:
    """Asks first."""
    ctx.reply(cards.delete_card(await story_for(ctx, payload.story, "story.delete")))


async def delete_story(ctx: Context, payload: actions.DeleteStory, _event: ActionClicked) -> None:
    """Gone."""
    await service.drop(ctx, await story_for(ctx, payload.story, "story.delete"))
    ctx.reply(Card(t("The story is deleted, with everything that belonged to it.")))


async def show_coverage(ctx: Context, _event: object, _given: object = None) -> None:
    """What one's stories cover."""
    stories = [await whole(ctx.session, one) for one in await stories_of(ctx.session, ctx.member)]
    ctx.reply(coverage_card(cover([_covered(ctx, one) for one in stories], ctx.content), ctx.content))


async def complete_own(ctx: Context, typed: str) -> Sequence[Choice]:
    """One's own stories whose title holds what is typed."""
    wanted = typed.lower().strip()
    own = await stories_of(ctx.session, ctx.member)
    return [
        Choice(f"{CHOSEN}{one.story.id}", one.version.title[:90]) for one in own if wanted in one.version.title.lower()
    ][:25]


async def home(ctx: Context) -> Sequence[Any]:
    """The way to one's stories from the home."""
    return (
        Paragraph(t("Your stories: what you will tell in the interview.")),
        Buttons(
            (
                Button(t("My stories"), actions.ListStories()),
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
    return Draft(draft.title or found.title, found.parts, draft.project, draft.tags)


async def chosen(ctx: Context, options: Options) -> str:
    """The id of the story that was chosen for an option, or whose title alone has the words that were typed."""
    value = str(options.get("story", "")).removeprefix(CHOSEN).strip()
    if made_at(value) is not None:
        return value
    found = await complete_own(ctx, value) if value else ()
    if len(found) == 1:
        return found[0].value.removeprefix(CHOSEN)
    raise UserFacingError(t("Choose the story from the list that opens as you type, or open it from your stories."))


async def _show(ctx: Context, story: str) -> None:
    record = await story_for(ctx, story, "story.see")
    ctx.reply(cards.story_card(record, ctx.content, own=is_own(ctx, record), owner=await owner_of(ctx, record)))


async def _story_where(ctx: Context, condition: Any) -> StoryRecord | None:
    known = await ctx.session.scalar(select(Story.id).where(condition))
    return (await newest_of(ctx.session, [known]))[0] if known is not None else None


def _asked(ctx: Context, record: StoryRecord, visibility: StoryVisibility) -> Card:
    if visibility is StoryVisibility.ME:
        return cards.visibility_card(record)
    told = [telling.text for telling in record.tellings.values()]
    text = "\n".join((record.version.title, record.text, *told, *record.follow_ups.values()))
    return cards.check_card(record, visibility, look_through(text))


def _covered(ctx: Context, record: StoryRecord) -> CoveredStory:
    story = record.story
    report = service.report_on(Draft(record.version.title, record.parts), ctx.rules)
    telling = telling_of(record.text, report, story.created_at.date(), story.question_types)
    return CoveredStory(
        story.id, record.version.title, tuple(story.archetypes), tuple(story.principles), tuple(story.question_types),
        record.version.level, len(record.told), telling,
    )  # fmt: skip


def _value(event: FormSubmitted, name: str) -> str:
    return all_of(event.values.get(name, ()))
