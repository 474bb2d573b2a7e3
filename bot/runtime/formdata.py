"""A form as plain JSON data and back, and a form filled in with what was entered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from bot.chat.actions import Action
from bot.chat.forms import ChoiceInput, Form, Input, MemberInput, RatingInput, TextInput
from bot.chat.values import text_of

Values = Mapping[str, Sequence[str]]
INPUTS: Mapping[str, type[Input]] = {
    "text": TextInput,
    "choice": ChoiceInput,
    "rating": RatingInput,
    "member": MemberInput,
}
KINDS = {kind: name for name, kind in INPUTS.items()}


def form_to_data(form: Form) -> dict[str, Any]:
    """A resolved form as JSON data, without its action."""
    return {
        "title": form.title,
        "submit": form.submit,
        "intro": form.intro,
        "inputs": [{"kind": KINDS[type(item)], **asdict(item)} for item in form.inputs],
    }


def form_from_data(data: Mapping[str, Any], action: Action) -> Form:
    """Read what `form_to_data` wrote, with `action` as its payload."""
    inputs = []
    for item in data["inputs"]:
        fields = {name: value for name, value in item.items() if name != "kind"}
        inputs.append(_reader(item["kind"]).validate_python(fields))
    return Form(action, data["title"], tuple(inputs), data["submit"], data["intro"])


@cache
def _reader(kind: str) -> TypeAdapter[Input]:
    """Reads inputs of a kind; made once, which takes longer than to read a whole form."""
    return TypeAdapter(INPUTS[kind])


def filled(form: Form, values: Values) -> Form:
    """`form` with `values` standing in its inputs; an input that `values` does not name keeps its own."""
    inputs = (_filled(item, values[item.name]) if item.name in values else item for item in form.inputs)
    return replace(form, inputs=tuple(inputs))


def entered(item: Input) -> list[str]:
    """What stands in an input, as it would come back."""
    match item:
        case ChoiceInput():
            return list(item.value)
        case RatingInput():
            return [] if item.value is None else [str(item.value)]
        case TextInput() | MemberInput():
            return [item.value] if item.value else []


def _filled(item: Input, values: Sequence[str]) -> Input:
    first = values[0] if values else ""
    match item:
        case ChoiceInput():
            return replace(item, value=tuple(values))
        case RatingInput():
            return replace(item, value=int(first) if first.isdecimal() else None)
        case TextInput():
            return replace(item, value=text_of({item.name: values}, item.name))
        case MemberInput():
            return replace(item, value=first)
