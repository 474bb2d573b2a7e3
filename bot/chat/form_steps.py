"""Fitting forms: a form in as many steps as a platform needs, with nothing lost on the way.

A text already entered that is too long for one input, and a choice of too many, take several inputs, called
`name`, `name~2`, `name~3` …; `bot.chat.values.joined` puts their values together again. A label that has to be
shortened stands in full in the hint, a hint too long in the introduction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.chat.capabilities import Capabilities, Limits
from bot.chat.cards import Choice, said
from bot.chat.cutting import numbered, pieces, shortened
from bot.chat.forms import ChoiceInput, Form, Input, RatingInput, TextInput
from bot.chat.weighing import check_values_fit

PAGE = "~"
"""Stands between the name of an input and the number of its further parts."""


def fit_form(form: Form, capabilities: Capabilities) -> tuple[Form, ...]:
    """Split a resolved form into steps that fit; `TypeError` for one that still holds catalogue texts.

    `ValueError` for a choice whose value is too long for the platform.

    Every step has the form's action and says its number in its title; a form that fits comes back unchanged.
    Only an introduction that is longer than its steps have room for is cut off at the end: what a person
    must be able to read in full belongs on the card whose button opens the form.
    """
    limits = capabilities.limits
    for one in form.inputs:
        if isinstance(one, ChoiceInput):
            check_values_fit(one.choices, limits)
    if _fits(form, limits):
        return (form,)
    asides: list[str] = []
    inputs = [part for one in form.inputs for part in _shaped(one, limits, asides)]
    title = said(form.title)
    opening = [title] if limits.measure(title) > limits.form_title else []
    intro = "\n".join(text for text in (*opening, said(form.intro), *asides) if text)
    parts = pieces(intro, limits.text, limits.measure)
    steps = _spread(inputs, limits.form_inputs, len(parts))
    intros = _intros(parts, len(steps), limits)
    return tuple(
        replace(
            form,
            title=numbered(title, number, len(steps), limits.form_title, limits.measure),
            inputs=tuple(step),
            intro=intros[number - 1],
            submit=shortened(said(form.submit), limits.form_submit, limits.measure),
        )
        for number, step in enumerate(steps, 1)
    )


def _fits(form: Form, limits: Limits) -> bool:
    measure = limits.measure
    return (
        measure(said(form.title)) <= limits.form_title
        and measure(said(form.intro)) <= limits.text
        and measure(said(form.submit)) <= limits.form_submit
        and len(form.inputs) <= limits.form_inputs
        and all(_input_fits(one, limits) for one in form.inputs)
    )


def _input_fits(one: Input, limits: Limits) -> bool:
    measure = limits.measure
    if measure(said(one.label)) > limits.input_label or measure(said(one.hint)) > limits.input_hint:
        return False
    match one:
        case TextInput():
            return one.longest <= limits.input_text and len(one.value) <= limits.input_text
        case ChoiceInput():
            labels = (measure(said(choice.label)) for choice in one.choices)
            return len(one.choices) <= limits.choices and all(label <= limits.choice_label for label in labels)
        case RatingInput():
            return all(measure(said(anchor)) <= limits.choice_label for anchor in one.anchors)
        case _:
            return True


def _shaped(one: Input, limits: Limits, asides: list[str]) -> Iterator[Input]:
    """The inputs that together ask for `one`; what finds no place in them is added to `asides`."""
    named = _with_full_label(one, limits, asides)
    match named:
        case TextInput():
            yield from _texts(named, limits)
        case ChoiceInput():
            yield from _choices(named, limits, asides)
        case RatingInput():
            anchors = [said(anchor) for anchor in named.anchors]
            if any(limits.measure(anchor) > limits.choice_label for anchor in anchors):
                asides.extend(f"{number}. {anchor}" for number, anchor in enumerate(anchors, named.lowest))
            short = tuple(shortened(anchor, limits.choice_label, limits.measure) for anchor in anchors)
            yield replace(named, anchors=short)
        case _:
            yield named


def _with_full_label(one: Input, limits: Limits, asides: list[str]) -> Input:
    label, hint = said(one.label), said(one.hint)
    if limits.measure(label) > limits.input_label:
        hint = f"{label} {hint}".strip()
        one = replace(one, label=shortened(label, limits.input_label, limits.measure))
    if limits.measure(hint) > limits.input_hint:
        asides.append(hint)
        hint = ""
    return replace(one, hint=hint)


def _texts(one: TextInput, limits: Limits) -> Iterator[TextInput]:
    parts = pieces(one.value, limits.input_text) or [""]
    for number, part in enumerate(parts, 1):
        yield replace(
            one,
            name=_part_name(one.name, number),
            label=numbered(said(one.label), number, len(parts), limits.input_label, limits.measure),
            hint=one.hint if number == 1 else "",
            required=one.required and number == 1,
            longest=min(one.longest, limits.input_text),
            value=part,
        )


def _choices(one: ChoiceInput, limits: Limits, asides: list[str]) -> Iterator[ChoiceInput]:
    choices = one.choices
    labels = [said(choice.label) for choice in choices]
    if any(limits.measure(label) > limits.choice_label for label in labels):
        asides.extend(f"{number}. {label}" for number, label in enumerate(labels, 1))
        choices = tuple(
            Choice(choice.value, shortened(f"{number}. {label}", limits.choice_label, limits.measure))
            for number, (choice, label) in enumerate(zip(choices, labels, strict=True), 1)
        )
    pages = [choices[start : start + limits.choices] for start in range(0, len(choices), limits.choices)] or [()]
    for number, page in enumerate(pages, 1):
        yield replace(
            one,
            name=_part_name(one.name, number),
            label=numbered(said(one.label), number, len(pages), limits.input_label, limits.measure),
            choices=page,
            hint=one.hint if number == 1 else "",
            required=one.required and len(pages) == 1,
            value=tuple(value for value in one.value if value in {choice.value for choice in page}),
        )


def _part_name(name: str, number: int) -> str:
    return name if number == 1 else f"{name}{PAGE}{number}"


def _spread(inputs: Sequence[Input], most: int, wanted: int) -> list[list[Input]]:
    """The inputs in steps of at most `most`, in `wanted` steps if there are inputs enough for that."""
    fewest = -(-len(inputs) // most)
    steps = max(1, fewest, min(wanted, len(inputs)))
    shares = [len(inputs) // steps + (step < len(inputs) % steps) for step in range(steps)]
    rest = iter(inputs)
    return [[next(rest) for _ in range(share)] for share in shares]


def _intros(parts: Sequence[str], steps: int, limits: Limits) -> list[str]:
    kept = list(parts[:steps])
    if len(parts) > steps:
        kept[-1] = shortened(kept[-1] + parts[steps], limits.text, limits.measure)
    return kept + [""] * (steps - len(kept))
