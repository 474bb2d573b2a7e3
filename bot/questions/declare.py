"""What this room offers."""

from __future__ import annotations

from bot.base.text import t
from bot.chat.commands import Command, Option
from bot.chat.events import ChannelChanged
from bot.feature.declarations import (
    ActionDeclaration,
    CommandDeclaration,
    DeliveryDeclaration,
    Feature,
    FormDeclaration,
    HomeSection,
    ListenerDeclaration,
    PersonalData,
)
from bot.questions import actions as a
from bot.questions import channels, handlers, posting, programmes, suggestions
from bot.questions import curation_handlers as curation
from bot.questions import programme_handlers as running
from bot.questions.programme_form import check_programme
from bot.questions.question_forms import check_own_question, check_pause

HOME_ORDER = 10


def feature() -> Feature:
    """Daily questions: programmes, posting, why, suggestions, the queue, vetoes and questions of a team's own."""
    return Feature(
        name="questions",
        commands=(*_asking_commands(), *_curation_commands(), *_programme_commands()),
        actions=_actions(),
        forms=_forms(),
        listeners=(ListenerDeclaration(ChannelChanged, handlers.channel_changed),),
        deliveries=_deliveries(),
        home=(HomeSection(HOME_ORDER, handlers.home),),
        personal_data=(
            PersonalData(
                "questions", t("Questions you suggested or added"), export=handlers.export, erase=handlers.erase
            ),
        ),
    )


def _asking_commands() -> tuple[CommandDeclaration, ...]:
    suggest = Command(("question", "suggest"), t("Suggest a question"), acknowledgement="form")
    return (
        CommandDeclaration(Command(("question", "today"), t("Show today's question")), "programme.see", handlers.today),
        CommandDeclaration(
            Command(("question", "why"), t("Say why this question came, or why none did")),
            "question.why",
            handlers.why,
        ),
        CommandDeclaration(suggest, "question.suggest", opens=curation.open_suggestion),
    )


def _curation_commands() -> tuple[CommandDeclaration, ...]:
    question = Option("question", t("Words of the question, or its id"), completes=True)
    completions = {"question": curation.complete_question}
    veto = Command(("question", "veto"), t("Ask a question no more, or show the vetoes"), (question,))
    queue = Command(("question", "queue"), t("Choose what is asked next, or show the queue"), (question,))
    add = Command(("question", "add"), t("Add a question of your team's own"), acknowledgement="form")
    return (
        CommandDeclaration(add, "question.curate", opens=curation.open_own),
        CommandDeclaration(queue, "question.curate", curation.queue, completions=completions),
        CommandDeclaration(veto, "question.curate", curation.veto, completions=completions),
        CommandDeclaration(
            Command(("question", "suggestions"), t("Decide about suggested questions")),
            "question.curate",
            curation.review,
        ),
    )


def _programme_commands() -> tuple[CommandDeclaration, ...]:
    channel = Option("channel", t("In which channel; this one if left out"), type="channel")
    set_up = Command(("setup", "programme"), t("Set up daily questions"), (channel,), acknowledgement="form")
    return (
        CommandDeclaration(set_up, "programme.change", opens=running.open_new),
        CommandDeclaration(
            Command(("setup", "programmes"), t("Show the daily questions; moderators pause, skip and post them")),
            "programme.see",
            running.show_list,
        ),
    )


def _actions() -> tuple[ActionDeclaration, ...]:
    return (
        ActionDeclaration(a.WhyQuestion, "question.why", handlers.why_by_button),
        ActionDeclaration(a.OpenSuggestion, "question.suggest", opens=curation.open_suggestion),
        ActionDeclaration(a.ReviewSuggestions, "question.curate", curation.review_by_button),
        ActionDeclaration(a.ApproveSuggestion, "question.curate", opens=curation.open_approval),
        ActionDeclaration(a.OpenDecline, "question.curate", opens=curation.open_decline),
        ActionDeclaration(a.OpenOwnQuestion, "question.curate", opens=curation.open_own),
        ActionDeclaration(a.ListOwnQuestions, "question.curate", curation.list_own),
        ActionDeclaration(a.RetireOwnQuestion, "question.curate", curation.retire_own),
        ActionDeclaration(a.ShowQueue, "question.curate", curation.show_queue),
        ActionDeclaration(a.OpenQueueForm, "question.curate", opens=curation.open_queue_form),
        ActionDeclaration(a.QueueChosen, "question.curate", curation.queue_chosen),
        ActionDeclaration(a.RemoveFromQueue, "question.curate", curation.remove_from_queue),
        ActionDeclaration(a.OpenVeto, "question.curate", opens=curation.open_veto),
        ActionDeclaration(a.VetoChosen, "question.curate", curation.veto_chosen),
        ActionDeclaration(a.TakeBackVeto, "question.curate", curation.take_back_veto),
        ActionDeclaration(a.ListProgrammes, "programme.see", running.list_by_button),
        ActionDeclaration(a.OpenProgramme, "programme.change", opens=running.open_programme),
        ActionDeclaration(a.OpenPause, "programme.run", opens=running.open_pause),
        ActionDeclaration(a.ResumeProgramme, "programme.run", running.resume),
        ActionDeclaration(a.SkipNext, "programme.run", running.skip),
        ActionDeclaration(a.UndoSkips, "programme.run", running.undo_skips),
        ActionDeclaration(a.PostNow, "programme.run", running.post_now),
    )


def _forms() -> tuple[FormDeclaration, ...]:
    return (
        FormDeclaration(a.SendSuggestion, "question.suggest", curation.send_suggestion),
        FormDeclaration(a.DeclineSuggestion, "question.curate", curation.decline),
        FormDeclaration(a.SaveOwnQuestion, "question.curate", curation.save_own, check_own_question),
        FormDeclaration(a.FindForQueue, "question.curate", curation.find_for_queue),
        FormDeclaration(a.VetoQuestion, "question.curate", curation.save_veto),
        FormDeclaration(a.SaveProgramme, "programme.change", running.save, check_programme),
        FormDeclaration(a.PauseProgramme, "programme.run", running.pause, check_pause),
    )


def _deliveries() -> tuple[DeliveryDeclaration, ...]:
    return (
        DeliveryDeclaration(
            programmes.POST,
            handlers.prepare_question,
            handlers.question_sent,
            handlers.question_uncertain,
            handlers.question_has_no_channel,
            called=t("the daily question"),
        ),
        DeliveryDeclaration(posting.CLOSE, handlers.prepare_close, called=t("the note that a question is closed")),
        DeliveryDeclaration(programmes.RESUME, handlers.prepare_resume),
        DeliveryDeclaration(channels.NOTICE, handlers.prepare_notice),
        DeliveryDeclaration(suggestions.DECIDED, handlers.prepare_decision),
    )
