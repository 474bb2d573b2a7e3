"""Forms to modal views, and what was entered in one to values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from adapters.slack.limits import LIMITS, PRIVATE_METADATA
from adapters.slack.payloads import maybe, parts
from adapters.slack.render import Block, option, plain_text
from adapters.slack.words import unescaped
from bot.chat.cards import Choice, said
from bot.chat.cutting import shortened
from bot.chat.errors import PayloadRejected
from bot.chat.forms import ChoiceInput, Form, Input, MemberInput, RatingInput, TextInput
from bot.chat.refs import ConversationRef

FIELD = "value"
"""The action id of every input; its block's id is the input's name."""
COMPLETED = f"{FIELD}~"
"""Begins the action id of an input that completes as one types; the path of the command follows."""
RADIO_BUTTONS = 10
"""The most that Slack takes; longer scales are asked by a select."""


def form_view(form: Form, opened_in: ConversationRef) -> dict[str, Any]:
    """What `views.open` takes for a resolved and fitted form; it remembers where it was opened."""
    place = opened_in.encode()
    if len(place) > PRIVATE_METADATA:
        raise PayloadRejected("views.open", "the conversation's name is too long")
    intro = said(form.intro)
    asked = [_input(each) for each in form.inputs if not (isinstance(each, ChoiceInput) and not each.choices)]
    return {
        "type": "modal",
        "callback_id": form.action.encode(),
        "private_metadata": place,
        "title": plain_text(form.title),
        "submit": plain_text(form.submit),
        "blocks": [*([{"type": "section", "text": plain_text(intro)}] if intro.strip() else []), *asked],
    }


def problems_response(problems: Mapping[str, str], view: Mapping[str, Any]) -> dict[str, Any]:
    """The acknowledgement that keeps a submitted form open with these sentences beside its inputs.

    Slack shows a sentence only beside an input of the form, so one for another name stands beside the first input.
    """
    names = [maybe(block, "block_id") for block in parts(view, "blocks") if block.get("type") == "input"]
    placed: dict[str, str] = {}
    for name, sentence in problems.items():
        where = str(name if name in names or not names else names[0])
        placed[where] = f"{placed[where]} {sentence}" if where in placed else sentence
    return {"response_action": "errors", "errors": placed}


def entered(values: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What was entered, by input name; an input left empty has no value."""
    return {name: _entered(block) for name, block in values.items() if isinstance(block, Mapping)}


def _entered(block: Mapping[str, Any]) -> tuple[str, ...]:
    state = next((each for name, each in block.items() if name == FIELD or name.startswith(COMPLETED)), None)
    if not isinstance(state, Mapping):
        return ()
    chosen = state.get("selected_options")
    if not isinstance(chosen, list):
        chosen = [state.get("selected_option")]
    picked = [unescaped(maybe(each, "value") or "") for each in chosen if isinstance(each, Mapping)]
    found = [maybe(state, "value"), maybe(state, "selected_user"), *picked]
    return tuple(each for each in found if each)


def suggestions(choices: Sequence[Choice], typed: str) -> dict[str, Any]:
    """The acknowledgement that offers these choices to whoever typed `typed`, and what they typed as it stands."""
    own = [Choice(typed, typed)] if typed.strip() and typed not in {choice.value for choice in choices} else []
    offered = [option(replace(each, label=_short(said(each.label)))) for each in (*choices, *own) if _fits(each)]
    return {"options": offered[: LIMITS.choices]}


def _fits(choice: Choice) -> bool:
    return 0 < LIMITS.measure(choice.value) <= LIMITS.choice_value


def _short(label: str) -> str:
    return shortened(label, LIMITS.choice_label, LIMITS.measure)


def _input(each: Input) -> Block:
    block: Block = {
        "type": "input",
        "block_id": each.name,
        "label": plain_text(each.label),
        "optional": not each.required,
        "element": {"action_id": _action_id(each)} | _element(each),
    }
    if said(each.hint).strip():
        block["hint"] = plain_text(each.hint)
    return block


def _action_id(each: Input) -> str:
    return COMPLETED + each.completed_by if isinstance(each, ChoiceInput) and each.completed_by else FIELD


def _element(each: Input) -> Block:
    match each:
        case TextInput():
            return _text(each)
        case ChoiceInput(several=True):
            chosen = [option(choice) for choice in each.choices if choice.value in each.value]
            return _select("multi_static_select", each) | ({"initial_options": chosen} if chosen else {})
        case ChoiceInput() if each.completed_by:
            return {"type": "external_select", "min_query_length": 0} | _initial(each.choices, each.value)
        case ChoiceInput():
            return _select("static_select", each) | _initial(each.choices, each.value)
        case RatingInput():
            return _rating(each)
        case MemberInput():
            return {"type": "users_select"} | ({"initial_user": each.value} if each.value else {})


def _rating(each: RatingInput) -> Block:
    options = [
        option(Choice(str(number), str(number))) | {"description": plain_text(anchor)}
        for number, anchor in enumerate(each.anchors, each.lowest)
    ]
    given = [one for one in options if one["value"] == str(each.value)]
    kind = "radio_buttons" if len(options) <= RADIO_BUTTONS else "static_select"
    return {"type": kind, "options": options} | ({"initial_option": given[0]} if given else {})


def _text(each: TextInput) -> Block:
    element: Block = {"type": "plain_text_input", "multiline": each.multiline, "max_length": each.longest}
    return element | ({"initial_value": each.value} if each.value else {})


def _select(kind: str, each: ChoiceInput) -> Block:
    return {"type": kind, "options": [option(choice) for choice in each.choices]}


def _initial(choices: tuple[Choice, ...], value: tuple[str, ...]) -> Block:
    chosen = [option(choice) for choice in choices if choice.value in value[:1]]
    return {"initial_option": chosen[0]} if chosen else {}
