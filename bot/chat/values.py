"""The values that come back from a form: read by type, and checked against the form's inputs.

Values are strings by input name, several for a choice of several. A platform may have needed several inputs for
one (`name`, `name~2` …): every reader here takes them together, and `joined` does so once for all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.base.text import Text, t, tn
from bot.chat.form_steps import PAGE
from bot.chat.forms import ChoiceInput, Form, Input, MemberInput, RatingInput, TextInput

Values = Mapping[str, tuple[str, ...]]

_PART = re.compile(rf"(.+){PAGE}(\d+)")
_WHOLE = re.compile(r"[+-]?\d{1,9}")


def joined(values: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The values by the names of the form as it was declared, the parts of one input in their order."""
    parts: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for key, entered in values.items():
        part = _PART.fullmatch(key)
        name, number = (part.group(1), int(part.group(2))) if part else (key, 1)
        parts.setdefault(name, []).append((number, tuple(entered)))
    return {name: tuple(value for _, entered in sorted(found) for value in entered) for name, found in parts.items()}


def text_of(values: Mapping[str, Sequence[str]], name: str) -> str:
    """The text entered for `name`, its parts put together; empty where nothing was."""
    text = ""
    for part in joined(values).get(name, ()):
        seam = " " if text and part and not text[-1].isspace() and not part[0].isspace() else ""
        text += seam + part
    return text


def choices_of(values: Mapping[str, Sequence[str]], name: str) -> tuple[str, ...]:
    """The values chosen for `name`."""
    return tuple(value for value in joined(values).get(name, ()) if value)


def choice_of(values: Mapping[str, Sequence[str]], name: str) -> str | None:
    """The one value chosen for `name`; None where none was."""
    return next(iter(choices_of(values, name)), None)


def rating_of(values: Mapping[str, Sequence[str]], name: str) -> int | None:
    """The rating given for `name`; None where none was, or where it is no whole number."""
    chosen = choice_of(values, name)
    return int(chosen) if chosen is not None and _WHOLE.fullmatch(chosen.strip()) else None


def check_values(form: Form, values: Mapping[str, Sequence[str]]) -> dict[str, Text]:
    """What is wrong with the values of `form`, one sentence by input name; empty if nothing is.

    `form` is the form as declared, before `fit_form`.
    """
    found = {one.name: _problem(one, values) for one in form.inputs}
    return {name: problem for name, problem in found.items() if problem is not None}


def _problem(one: Input, values: Mapping[str, Sequence[str]]) -> Text | None:
    given = any(value.strip() for value in joined(values).get(one.name, ()))
    if not given:
        return _missing(one) if one.required else None
    match one:
        case TextInput():
            return _too_long(one, text_of(values, one.name))
        case ChoiceInput():
            return _wrong_choice(one, choices_of(values, one.name))
        case RatingInput():
            rating = rating_of(values, one.name)
            if rating is None or not one.lowest <= rating <= one.highest:
                return t("Choose a rating from {lowest} to {highest}.", lowest=one.lowest, highest=one.highest)
        case MemberInput():
            pass
    return None


def _missing(one: Input) -> Text:
    match one:
        case TextInput():
            return t("Please write something here.")
        case ChoiceInput():
            return t("Please choose one of these.")
        case RatingInput():
            return t("Please choose a rating.")
        case MemberInput():
            return t("Please choose a person.")


def _too_long(one: TextInput, text: str) -> Text | None:
    over = len(text) - one.longest
    if over <= 0:
        return None
    return tn(
        "This is {count} character too long; at most {longest} fit.",
        "This is {count} characters too long; at most {longest} fit.",
        over,
        longest=one.longest,
    )


def _wrong_choice(one: ChoiceInput, chosen: Sequence[str]) -> Text | None:
    if not one.several and len(chosen) > 1:
        return t("Please choose only one of these.")
    if not one.completed_by and not set(chosen) <= {choice.value for choice in one.choices}:
        return t("One of the choices is not offered any more. Please choose again.")
    return None
