"""Everything people read is in the catalogue, and can be filled in."""

from __future__ import annotations

import ast
from string import Formatter

from tests.catalogue import COMMAND, Call, calls, extracted, sentences, template


def test_the_template_holds_every_sentence_of_the_source_and_no_other() -> None:
    found, kept = sentences(extracted()), sentences(template())
    assert found
    assert found == kept, (
        f"run `{COMMAND}`; new: {sorted(map(str, found - kept))}, gone: {sorted(map(str, kept - found))}"
    )


def test_every_sentence_is_written_out_where_it_is_used() -> None:
    built = [call.where for call in calls() if not all(_is_literal(argument) for argument in call.sentences)]
    assert not built, f"a sentence that is put together cannot be found by translators: {built}"


def test_every_place_in_a_sentence_is_filled() -> None:
    unfilled = {call.where: sorted(_places(call) - _values(call)) for call in calls() if _is_checkable(call)}
    assert not {where: names for where, names in unfilled.items() if names}


def _is_literal(argument: ast.expr) -> bool:
    return isinstance(argument, ast.Constant) and isinstance(argument.value, str)


def _is_checkable(call: Call) -> bool:
    """Whether the call names all its values; one without any may be filled in later, where it is used."""
    keywords = call.node.keywords
    named = bool(keywords) and all(keyword.arg for keyword in keywords)
    return (named or len(call.sentences) == 2) and all(map(_is_literal, call.sentences))


def _places(call: Call) -> set[str]:
    texts = [str(argument.value) for argument in call.sentences if isinstance(argument, ast.Constant)]
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def _values(call: Call) -> set[str]:
    counted = {"count"} if len(call.sentences) == 2 else set()
    return counted | {keyword.arg for keyword in call.node.keywords if keyword.arg}
