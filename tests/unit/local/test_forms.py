from __future__ import annotations

from adapters.local.cards import Payload, form_payload
from adapters.local.forms import problems_in
from bot.chat.cards import Choice
from bot.chat.forms import ChoiceInput, Form
from tests.unit.chat.test_grammar import Asked

NEWEST = (Choice("story:1", "The label printer"), Choice("story:2", "The zeppelin"))


def asked(completed_by: str) -> Payload:
    """The form that asks for a story, as the workspace keeps it."""
    choice = ChoiceInput("query", "Which story", NEWEST, value=("story:2",), completed_by=completed_by)
    return form_payload(Form(Asked(), "A few details", (choice,), "Continue"))


def problems(form: Payload, entered: str) -> dict[str, str]:
    return problems_in(form, {"query": (entered,)}, frozenset(), "en")


def test_a_choice_that_completes_takes_ones_own_words_beside_what_it_offers() -> None:
    form = asked("story find")
    assert [problems(form, entered) for entered in ("story:1", "a printer that froze")] == [{}, {}]
    assert problems(form, "x" * 3001) == {"query": "At most 3000 characters fit here."}
    assert problems(form, " ") == {"query": "Please fill this in."}
    shown = form["inputs"][0]
    assert (shown["kind"], shown["value"]) == ("text", ["story:2"])
    assert [each["label"] for each in shown["offered"]] == ["The label printer", "The zeppelin"]


def test_any_other_choice_takes_what_it_offers_only() -> None:
    form = asked("")
    assert problems(form, "story:1") == {}
    assert problems(form, "a printer that froze") == {"query": "Please choose from the list."}
