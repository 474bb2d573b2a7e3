"""From a form (one step of it) to a modal of Discord, and from what comes back to values.

A modal takes five components. An introduction takes one of them where it is free; else it stands in the
descriptions of the inputs that have none of their own, as far as it fits there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.chat.cards import said
from bot.chat.cutting import pieces, shortened
from bot.chat.forms import ChoiceInput, Form, Input, MemberInput, RatingInput, TextInput

Payload = dict[str, Any]

SELECT, TEXT_INPUT, USER_SELECT, TEXT, LABEL = 3, 4, 5, 10, 18
MOST_COMPONENTS = 5
LONGEST_DESCRIPTION = 100
SHORT, LONG = 1, 2


def modal(form: Form) -> Payload:
    """The modal that asks for a resolved and fitted form; `custom_id` is the form's payload."""
    intro = said(form.intro).strip()
    hints = [said(one.hint).strip() for one in form.inputs]
    components: list[Payload] = []
    if intro and len(form.inputs) < MOST_COMPONENTS:
        components.append({"type": TEXT, "content": intro})
    elif intro:
        hints = _with_intro(hints, intro)
    components += [_label(one, hint) for one, hint in zip(form.inputs, hints, strict=True)]
    return {"custom_id": form.action.encode(), "title": said(form.title), "components": components}


def _with_intro(hints: list[str], intro: str) -> list[str]:
    """The hints, with the introduction spread over those that are free."""
    parts = pieces(intro, LONGEST_DESCRIPTION)
    free = [number for number, hint in enumerate(hints) if not hint]
    filled = list(hints)
    for number, part in zip(free, parts, strict=False):
        filled[number] = part.strip()
    if free and len(parts) > len(free):
        filled[free[-1]] = shortened(filled[free[-1]] + parts[len(free)], LONGEST_DESCRIPTION)
    return filled


def _label(one: Input, hint: str) -> Payload:
    label: Payload = {"type": LABEL, "label": said(one.label), "component": _control(one)}
    if hint:
        label["description"] = hint
    return label


def _control(one: Input) -> Payload:
    match one:
        case TextInput():
            control: Payload = {
                "type": TEXT_INPUT,
                "custom_id": one.name,
                "style": LONG if one.multiline else SHORT,
                "required": one.required,
                "max_length": one.longest,
            }
            return {**control, "value": one.value} if one.value else control
        case ChoiceInput():
            options = [(choice.value, said(choice.label)) for choice in one.choices]
            return _select(one, options, one.value, len(options) if one.several else 1)
        case RatingInput():
            numbers = enumerate(one.anchors, one.lowest)
            options = [(str(number), f"{number}. {said(anchor)}") for number, anchor in numbers]
            return _select(one, options, () if one.value is None else (str(one.value),), 1)
        case MemberInput():
            chosen = [{"id": one.value, "type": "user"}] if one.value.isdigit() else []
            control = {"type": USER_SELECT, "custom_id": one.name, "required": one.required, **_how_many(one, 1)}
            return {**control, "default_values": chosen} if chosen else control


def _select(one: Input, options: Iterable[tuple[str, str]], chosen: Iterable[str], most: int) -> Payload:
    given = set(chosen)
    return {
        "type": SELECT,
        "custom_id": one.name,
        "required": one.required,
        **_how_many(one, most),
        "options": [
            {"label": label, "value": value, **({"default": True} if value in given else {})}
            for value, label in options
        ],
    }


def _how_many(one: Input, most: int) -> Payload:
    return {"min_values": 1 if one.required else 0, "max_values": most}


def values_of(components: Iterable[Any]) -> dict[str, tuple[str, ...]]:
    """What was entered, by input name; parts of a payload that are no input are passed over."""
    return dict(_values(components))


def _values(components: Iterable[Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for component in components:
        if not isinstance(component, Mapping):
            continue
        inner = component.get("components") or [component.get("component")]
        for control in inner if isinstance(inner, list) else []:
            if isinstance(control, Mapping) and isinstance(name := control.get("custom_id"), str):
                yield name, _entered(control)


def _entered(control: Mapping[str, Any]) -> tuple[str, ...]:
    values, value = control.get("values"), control.get("value")
    if isinstance(values, list):
        return tuple(str(each) for each in values)
    return (value,) if isinstance(value, str) and value else ()
