"""Which declared handler an event goes to, and whether its actor may cause it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from bot.base.errors import NotAllowed, UserFacingError
from bot.base.text import t
from bot.chat.actions import Action, OutdatedAction, UnknownAction, read_action
from bot.chat.cards import Card
from bot.chat.commands import Command
from bot.chat.events import (
    ActionClicked,
    CommandInvoked,
    Event,
    FormSubmitted,
    HomeOpened,
    MessagePosted,
)
from bot.chat.forms import Form
from bot.chat.grammar import Unclear, Understood, Unknown, form_for, mentioned, read_line, read_values, write_line
from bot.feature.context import Context
from bot.feature.declarations import CommandDeclaration, Options
from bot.feature.gather import Gathered
from bot.runtime import drafts
from bot.runtime.actions import CommandOptions, FormStep, OpenDraft, RunCommand
from bot.runtime.help import help_card, needs_a_role, possible, unknown_card
from bot.runtime.submissions import command_of, read_submission
from storage.tables.drafts import FormDraft

FORM_GONE = t("This form was sent already, or is older than a month. Please open it anew.")
OWN_PAYLOADS: Mapping[str, type[Action]] = {kind.name: kind for kind in (OpenDraft, RunCommand)}


class Routes:
    """Finds and calls handlers. Every call works inside the transaction of its context."""

    def __init__(self, gathered: Gathered, root: str) -> None:
        self._gathered = gathered
        self._root = root
        self._commands = [declared.command for declared in gathered.commands.values()]

    def verb_of(self, event: Event) -> str | None:
        """The verb the policy is asked about for this event, where it names something declared."""
        event = as_command(event)
        if isinstance(event, CommandInvoked):
            read = read_line(event.line, self._commands)
            return None if isinstance(read, Unknown) else self._gathered.commands[read.command.path].verb
        if isinstance(event, ActionClicked):
            declared = self._gathered.actions.get(event.action.split("~", 1)[0])
            return declared.verb if declared else None
        return None

    def is_for_a_role(self, verb: str | None) -> bool:
        """Whether the role has to be looked up at this moment."""
        return verb is not None and needs_a_role(verb)

    def is_public(self, event: Event) -> bool:
        """Whether the reply to this event is for everybody, as its command declares."""
        event = as_command(event)
        if not isinstance(event, CommandInvoked):
            return False
        read = read_line(event.line, self._commands)
        return not isinstance(read, Unknown) and read.command.acknowledgement == "public"

    def may_open(self, event: Event) -> bool:
        """Whether a form may be the acknowledgement of this event; nothing is read to say so."""
        event = as_command(event)
        if isinstance(event, CommandInvoked):
            read = read_line(event.line, self._commands)
            return isinstance(read, Unclear) or (isinstance(read, Understood) and self._opener(read) is not None)
        if isinstance(event, ActionClicked):
            name = event.action.split("~", 1)[0]
            declared = self._gathered.actions.get(name)
            return name == OpenDraft.name or (declared is not None and declared.opens is not None)
        return False

    async def opened(self, context: Context, event: Event) -> tuple[FormDraft, int] | None:
        """The form that answers this event, kept as a draft, and its step; None where no form does.

        Raises `UserFacingError` where the person may not, or cannot now, have it.
        """
        event = as_command(event)
        if isinstance(event, CommandInvoked):
            form = await self._command_form(context, event)
            return (drafts.keep(context, form, event.conversation), 0) if form else None
        if isinstance(event, ActionClicked):
            payload = self._payload(event)
            if isinstance(payload, OpenDraft):
                return await self._draft(context, payload), payload.step
            declared = self._gathered.actions[payload.name]
            self._allow(context, declared.verb)
            if declared.opens is None:
                return None
            return drafts.keep(context, await declared.opens(context, payload), event.conversation), 0
        return None

    async def handle(self, context: Context, event: Event) -> None:
        """Call the handler of `event`. Where a form should have answered it and did not, a button opens it."""
        event = as_command(event)
        offered = await self.opened(context, event) if self.may_open(event) else None
        if offered is not None:
            draft, step = offered
            context.reply(drafts.button_card(draft.id, t("Here is your form."), step=step))
            return
        match event:
            case CommandInvoked():
                await self._command(context, event)
            case ActionClicked():
                payload = self._payload(event)
                declared = self._gathered.actions[payload.name]
                self._allow(context, declared.verb)
                if declared.handle is not None:
                    await declared.handle(context, payload, event)
            case FormSubmitted():
                await self._form(context, event)
            case HomeOpened():
                context.refresh_home(context.member)
            case _:
                await self._listen(context, event)

    async def _listen(self, context: Context, event: Event) -> None:
        for declared in self._gathered.listeners:
            if isinstance(event, declared.event) and await declared.handle(context, event):
                return
        if isinstance(event, MessagePosted) and (event.direct or event.addressed):
            apart = context.capabilities(event.message.conversation).roots_by_audience
            card = help_card(self._gathered, self._root, context.actor, by_audience=apart)
            if event.text.strip().lower() != "help":
                card = Card(t("I did not understand that"), card.elements)
            context.reply(card)

    async def _command(self, context: Context, event: CommandInvoked) -> None:
        read = read_line(event.line, self._commands, context.language)
        match read:
            case Unknown(typed, suggestions):
                apart = context.capabilities(event.conversation).roots_by_audience
                context.reply(
                    unknown_card(self._gathered, self._root, context.actor, typed, suggestions, by_audience=apart)
                )
            case Understood(command, options):
                await self._run(context, event, self._gathered.commands[command.path], options)
            case Unclear():
                raise LookupError("an unclear command opens a form")

    async def _run(
        self, context: Context, event: CommandInvoked, declared: CommandDeclaration, options: Options
    ) -> None:
        self._allow(context, declared.verb)
        if declared.handle is not None:
            await declared.handle(context, event, _with_ids(declared.command, options))
        elif declared.opens is not None:
            form = await declared.opens(context, _with_ids(declared.command, options))
            context.offer_form(form, t("Here is your form."))

    def _opener(self, read: Understood) -> CommandDeclaration | None:
        declared = self._gathered.commands[read.command.path]
        return declared if declared.opens is not None and declared.command.acknowledgement == "form" else None

    async def _command_form(self, context: Context, event: CommandInvoked) -> Form | None:
        read = read_line(event.line, self._commands, context.language)
        if isinstance(read, Unknown):
            return None
        declared = self._gathered.commands[read.command.path]
        self._allow(context, declared.verb)
        if isinstance(read, Unclear):
            return await self._options_form(context, declared, read)
        opener = self._opener(read)
        if opener is None or opener.opens is None:
            return None
        return await opener.opens(context, _with_ids(read.command, read.options))

    async def _options_form(self, context: Context, declared: CommandDeclaration, read: Unclear) -> Form:
        completions = {name: await complete(context, "") for name, complete in (declared.completions or {}).items()}
        known: dict[str, str | int] = {**read.options, **read.typed}
        action = CommandOptions(path=" ".join(read.command.path))
        form = form_for(read.command, known, action, completions)
        wrong = [problem for name, problem in read.problems.items() if name in read.typed or not name]
        return replace(form, intro=wrong[0]) if wrong else form

    async def _form(self, context: Context, event: FormSubmitted) -> None:
        step = FormStep.decode(event.action)
        draft = await drafts.find_shown(context.session, step.draft, event.actor)
        if draft is None:
            context.reply(Card(FORM_GONE))
            return
        submission = read_submission(event, step, draft, self._gathered)
        if submission.problems:
            context.reply(drafts.problems_card(draft.id, submission.labelled(), step=step.step))
        elif not submission.last:
            sentence = t("This part is saved. Go on when you are ready.")
            context.reply(drafts.button_card(draft.id, sentence, step=step.step + 1, label=t("Continue")))
        else:
            await self._submit(context, submission.payload, submission.event)
            await context.session.delete(draft)

    async def _submit(self, context: Context, payload: Action, event: FormSubmitted) -> None:
        if isinstance(payload, CommandOptions):
            await self._run_with_options(context, payload, event)
            return
        declared = self._gathered.forms[payload.name]
        self._allow(context, declared.verb)
        await declared.handle(context, payload, event)

    async def _run_with_options(self, context: Context, payload: CommandOptions, event: FormSubmitted) -> None:
        command = command_of(payload, self._gathered)
        read = cast(Understood, read_values(command, event.values, context.language))
        invoked = CommandInvoked(
            delivery_id=event.delivery_id,
            installation=event.installation,
            occurred_at=event.occurred_at,
            actor=event.actor,
            trigger=event.trigger,
            conversation=event.conversation,
            line=write_line(command.path, read.options),
        )
        await self._run(context, invoked, self._gathered.commands[command.path], read.options)

    async def _draft(self, context: Context, payload: OpenDraft) -> FormDraft:
        draft = await drafts.find(context.session, payload.draft, context.account)
        if draft is None:
            raise UserFacingError(FORM_GONE)
        return draft

    def _payload(self, event: ActionClicked) -> Action:
        try:
            payload = read_action(event.action, {**self._gathered.payloads, **OWN_PAYLOADS})
        except (OutdatedAction, UnknownAction) as problem:
            raise UserFacingError(
                t("This button is from an older card. Use the newest card, or type /{root} help.", root=self._root)
            ) from problem
        if payload.name not in self._gathered.actions and payload.name not in OWN_PAYLOADS:
            raise UserFacingError(t("This button does nothing any more. Type /{root} help.", root=self._root))
        return payload

    def _allow(self, context: Context, verb: str) -> None:
        if not possible(context.acting, verb):
            raise NotAllowed(t("You cannot do that here. If you think you should be able to, ask an admin."))


def as_command(event: Event) -> Event:
    """A press of a button or a choice in a select that stands for a command, as that command; others unchanged."""
    if not isinstance(event, ActionClicked) or not event.action.startswith(f"{RunCommand.name}~"):
        return event
    try:
        path = (event.chosen[0] if event.chosen else "") or RunCommand.decode(event.action).path
    except (OutdatedAction, UnknownAction):
        return event
    return CommandInvoked(
        delivery_id=event.delivery_id,
        installation=event.installation,
        occurred_at=event.occurred_at,
        actor=event.actor,
        trigger=event.trigger,
        conversation=event.conversation,
        line=path,
    )


def _with_ids(command: Command, options: Options) -> Options:
    """The options with the platform's id where somebody or a channel is mentioned."""
    places = {option.name for option in command.options if option.type in ("member", "channel")}
    return {name: mentioned(str(value)) if name in places else value for name, value in options.items()}
