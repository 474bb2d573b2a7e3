"""A submitted step of a form: what it says together with the earlier ones, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.base.text import Text
from bot.chat.actions import Action, read_action
from bot.chat.cards import Words
from bot.chat.commands import Command
from bot.chat.events import FormSubmitted
from bot.chat.forms import Form
from bot.chat.grammar import Unclear, read_values
from bot.chat.refs import ConversationRef
from bot.chat.values import check_values, joined
from bot.feature.gather import Gathered
from bot.runtime import drafts
from bot.runtime.actions import CommandOptions, FormStep
from storage.tables.drafts import FormDraft


@dataclass(frozen=True, slots=True)
class Submission:
    """One submitted step. `event` is the whole form's submission under its room's own payload.

    It counts as sent from where the form was opened: a step sent from a direct message is still about the channel.
    """

    step: int
    payload: Action
    event: FormSubmitted
    shown: Form
    """The step as it was shown."""
    form: Form
    last: bool
    problems: Mapping[str, Text]

    def labelled(self) -> Sequence[tuple[str, Words]]:
        """The problems with the labels of their inputs."""
        labels = {item.name: str(item.label) for item in (*self.form.inputs, *self.shown.inputs)}
        return [(labels.get(name, ""), problem) for name, problem in self.problems.items()]

    def beside_inputs(self) -> Mapping[str, Text] | None:
        """The problems by the names of the inputs at hand; None where one concerns something else."""
        inputs = {declared: item.name for item in reversed(self.shown.inputs) for declared in joined({item.name: ()})}
        if not set(self.problems) <= set(inputs):
            return None
        return {inputs[name]: problem for name, problem in self.problems.items()}


def read_submission(event: FormSubmitted, step: FormStep, draft: FormDraft, gathered: Gathered) -> Submission:
    """Examine what was submitted; the declared check runs once the last step is in.

    `OutdatedAction` or `UnknownAction` where the form belongs to an older version of its room.
    """
    forms = {name: declared.action for name, declared in gathered.forms.items()}
    payload = read_action(draft.action, {**forms, CommandOptions.name: CommandOptions})
    shown, form = drafts.shown(draft, step.step), drafts.whole(draft)
    last = step.step >= len(draft.steps) - 1
    values = joined(drafts.with_values(draft, step.step, event.values))
    where = event.conversation if draft.opened_in is None else ConversationRef.decode(draft.opened_in)
    whole = replace(event, action=draft.action, values=values, conversation=where)
    problems = check_values(form if last else _complete_by(form, draft, step.step), values)
    if last and not problems:
        problems.update(_declared_problems(payload, whole, gathered))
    return Submission(step.step, payload, whole, shown, form, last, problems)


def _complete_by(form: Form, draft: FormDraft, step: int) -> Form:
    """The form with those inputs only that this step asks for and no later one goes on with."""
    later = {name for number in range(step + 1, len(draft.steps)) for name in _names(drafts.shown(draft, number))}
    asked = set(_names(drafts.shown(draft, step))) - later
    return replace(form, inputs=tuple(item for item in form.inputs if item.name in asked))


def _names(shown: Form) -> Sequence[str]:
    """The names under which the inputs of a step were declared."""
    return list(joined({item.name: () for item in shown.inputs}))


def _declared_problems(payload: Action, event: FormSubmitted, gathered: Gathered) -> Mapping[str, Text]:
    if isinstance(payload, CommandOptions):
        read = read_values(command_of(payload, gathered), event.values)
        return read.problems if isinstance(read, Unclear) else {}
    check = gathered.forms[payload.name].check
    return check(payload, event) if check is not None else {}


def command_of(payload: CommandOptions, gathered: Gathered) -> Command:
    """The command whose options a form asks for."""
    return gathered.commands[tuple(payload.path.split())].command
