"""Thin handlers of the queue, vetoes, suggestions and the team's own questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.base.errors import UserFacingError
from bot.base.text import t
from bot.chat.cards import Choice
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted
from bot.chat.forms import Form
from bot.chat.values import choice_of
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.questions import bank, curating, suggestions
from bot.questions import curation_cards as cards
from bot.questions import question_forms as forms
from bot.questions.actions import (
    ApproveSuggestion,
    DeclineSuggestion,
    FindForQueue,
    ListOwnQuestions,
    OpenDecline,
    OpenOwnQuestion,
    OpenQueueForm,
    OpenSuggestion,
    OpenVeto,
    QueueChosen,
    RemoveFromQueue,
    RetireOwnQuestion,
    ReviewSuggestions,
    SaveOwnQuestion,
    SendSuggestion,
    ShowQueue,
    TakeBackVeto,
    VetoChosen,
    VetoQuestion,
)
from bot.questions.cards import no_programmes_card
from bot.questions.programmes import programme_by_id, programmes_here
from bot.questions.slots import programme_of, slot_by_id
from content.schema import Question
from storage.tables.questions import Programme


async def complete_question(context: Context, typed: str) -> Sequence[Choice]:
    """Questions whose words are near to what is typed."""
    found = bank.find_questions(await bank.whole_bank(context.session, context.content), typed, limit=25)
    return [Choice(one.id, cards.shortened(one.text.in_language(context.language))) for one in found]


async def queue(context: Context, event: CommandInvoked, options: Options) -> None:
    """Put a question in the queue of this channel's programme; without a question, show the queue."""
    here = await programmes_here(context.session, event.conversation)
    if len(here) != 1:
        context.reply(cards.which_queue_card(here) if here else no_programmes_card())
    elif "question" in options:
        await _queue_by_words(context, here[0], str(options["question"]))
    else:
        await _reply_queue(context, here[0])


async def _queue_by_words(context: Context, programme: Programme, words: str) -> None:
    found = bank.find_questions(await bank.whole_bank(context.session, context.content), words)
    if len(found) == 1:
        await _queue(context, programme, found[0].id)
    else:
        context.reply(cards.found_card(programme, found, context.language))


async def _queue(context: Context, programme: Programme, question_id: str) -> None:
    question = await _question(context, question_id)
    entry = await curating.queue_question(context.session, programme, question.id, context.member, context.now)
    context.reply(cards.queued_card(programme, question.text.in_language(context.language), entry.id))


async def show_queue(context: Context, payload: ShowQueue, _event: ActionClicked) -> None:
    """The queue of a programme."""
    await _reply_queue(context, await programme_by_id(context.session, payload.programme))


async def _reply_queue(context: Context, programme: Programme) -> None:
    entries = await curating.queue_of(context.session, programme)
    context.reply(cards.queue_card(programme, entries, await _texts(context)))


async def open_queue_form(context: Context, payload: OpenQueueForm) -> Form:
    """The form that looks for a question to queue."""
    return forms.find_form(await programme_by_id(context.session, payload.programme))


async def find_for_queue(context: Context, payload: FindForQueue, event: FormSubmitted) -> None:
    """Queue the question that was meant, or offer those that may have been."""
    programme = await programme_by_id(context.session, payload.programme)
    await _queue_by_words(context, programme, forms.entered(event, "words"))


async def queue_chosen(context: Context, payload: QueueChosen, event: ActionClicked) -> None:
    """Queue the question chosen from the select."""
    programme = await programme_by_id(context.session, payload.programme)
    for question_id in event.chosen:
        await _queue(context, programme, question_id)


async def remove_from_queue(context: Context, payload: RemoveFromQueue, _event: ActionClicked) -> None:
    """Take a question out of a queue."""
    entry = await curating.take_from_queue(context.session, payload.entry)
    context.reply(cards.unqueued_card(was_there=entry is not None))


async def veto(context: Context, _event: CommandInvoked, options: Options) -> None:
    """Veto a question by its id, or offer those that may have been meant; without one, show the vetoes."""
    if "question" not in options:
        context.reply(cards.veto_list_card(await curating.vetoes(context.session), await _texts(context)))
        return
    words = str(options["question"])
    found = bank.find_questions(await bank.whole_bank(context.session, context.content), words)
    if [one.id for one in found] == [words.strip()]:
        await _veto(context, found[0].id, "", None)
    else:
        context.reply(cards.veto_which_card(found, context.language))


async def veto_chosen(context: Context, _payload: VetoChosen, event: ActionClicked) -> None:
    """Veto the question chosen from the select."""
    for question_id in event.chosen:
        await _veto(context, (await _question(context, question_id)).id, "", None)


async def open_veto(context: Context, payload: OpenVeto) -> Form:
    """The form that asks why a question is not to come again."""
    slot = await slot_by_id(context.session, payload.slot)
    if slot is None:
        raise UserFacingError(t("That question is not there any more."))
    return forms.veto_form(slot.question_id, await programme_of(context.session, slot))


async def save_veto(context: Context, payload: VetoQuestion, event: FormSubmitted) -> None:
    """Veto the question, everywhere or in one programme."""
    here = choice_of(event.values, "where") == forms.HERE
    programme = await programme_by_id(context.session, payload.programme) if here else None
    await _veto(context, payload.question, forms.entered(event, "reason"), programme)


async def _veto(context: Context, question_id: str, reason: str, programme: Programme | None) -> None:
    made = await curating.veto_question(
        context.session, question_id, context.member, context.now, reason=reason, programme=programme
    )
    texts = await _texts(context)
    context.reply(cards.vetoed_card(texts.get(question_id, question_id), made.id))


async def take_back_veto(context: Context, payload: TakeBackVeto, _event: ActionClicked) -> None:
    """Let a question be asked again."""
    taken = await curating.take_back_veto(context.session, payload.veto)
    context.reply(cards.veto_gone_card(was_there=taken is not None))


async def open_suggestion(_context: Context, _payload: OpenSuggestion | Options) -> Form:
    """The form of a suggestion."""
    return forms.suggestion_form()


async def send_suggestion(context: Context, _payload: SendSuggestion, event: FormSubmitted) -> None:
    """Keep a suggestion for the moderators."""
    await suggestions.suggest(context.session, context.member, forms.entered(event, "text"), context.now)
    context.reply(cards.thanks_card())


async def review(context: Context, _event: CommandInvoked, _options: Options) -> None:
    """The suggestions that wait."""
    context.reply(cards.suggestions_card(await suggestions.waiting_suggestions(context.session)))


async def review_by_button(context: Context, _payload: ReviewSuggestions, _event: ActionClicked) -> None:
    """The same by a button."""
    context.reply(cards.suggestions_card(await suggestions.waiting_suggestions(context.session)))


async def open_approval(context: Context, payload: ApproveSuggestion) -> Form:
    """The form of a new question, filled with the suggestion."""
    suggestion = await suggestions.suggestion_by_id(context.session, payload.suggestion)
    action = SaveOwnQuestion(suggestion=suggestion.id)
    return forms.own_question_form(action, context.content, context.language, text=suggestion.text)


async def open_decline(context: Context, payload: OpenDecline) -> Form:
    """The form that asks for the reason."""
    return forms.decline_form((await suggestions.suggestion_by_id(context.session, payload.suggestion)).id)


async def decline(context: Context, payload: DeclineSuggestion, event: FormSubmitted) -> None:
    """Decline a suggestion."""
    reason = forms.entered(event, "reason")
    await suggestions.decline(context.session, payload.suggestion, reason, context.member, context.now)
    context.reply(cards.declined_card())


async def open_own(context: Context, payload: OpenOwnQuestion | Options) -> Form:
    """The form of a question of the team's own."""
    own = payload.own if isinstance(payload, OpenOwnQuestion) else None
    row = await bank.own_question(context.session, own) if own is not None else None
    return forms.own_question_form(SaveOwnQuestion(own=own), context.content, context.language, row=row)


async def save_own(context: Context, payload: SaveOwnQuestion, event: FormSubmitted) -> None:
    """Add or change a question of the team's own; one that was suggested is thereby approved."""
    if payload.own is not None:
        earlier = await bank.own_question(context.session, payload.own)
        row = await bank.change_own_question(context.session, payload.own, forms.read_draft(event, earlier))
    elif payload.suggestion is not None:
        draft = forms.read_draft(event)
        row = await suggestions.approve(context.session, payload.suggestion, draft, context.member, context.now)
    else:
        draft = forms.read_draft(event)
        row = await bank.add_own_question(context.session, draft, context.member, context.now)
    context.reply(cards.own_saved_card(row))


async def list_own(context: Context, _payload: ListOwnQuestions, _event: ActionClicked) -> None:
    """The questions the team added."""
    context.reply(cards.own_list_card(await bank.own_questions(context.session)))


async def retire_own(context: Context, payload: RetireOwnQuestion, _event: ActionClicked) -> None:
    """Ask a question of the team's own no more."""
    await bank.retire_own_question(context.session, payload.own, context.now)
    context.reply(cards.retired_card())


async def _question(context: Context, question_id: str) -> Question:
    question = (await bank.whole_bank(context.session, context.content)).get(question_id)
    if question is None:
        raise UserFacingError(t("That question is not there any more."))
    return question


async def _texts(context: Context) -> Mapping[str, str]:
    questions = await bank.whole_bank(context.session, context.content)
    return {id_: question.text.in_language(context.language) for id_, question in questions.items()}
