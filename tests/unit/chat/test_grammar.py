"""The one grammar of command lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.text import render, t
from bot.chat.actions import Action
from bot.chat.cards import Choice
from bot.chat.commands import Command, Option
from bot.chat.forms import ChoiceInput, MemberInput, TextInput
from bot.chat.grammar import (
    SURPLUS,
    Unclear,
    Understood,
    Unknown,
    form_for,
    mentioned,
    read_line,
    read_values,
    write_line,
)
from bot.chat.values import check_values

LEVELS = tuple(Choice(value, t("Level {value}", value=value)) for value in ("L3", "L4", "L5"))
TONES = (Choice("short", t("Short")), Choice("shouted", t("Loud")))
HELP = Command(("help",), t("What Starling can do"))
ARCHETYPE = Command(
    ("guide", "archetype"),
    t("Look up an archetype"),
    (
        Option("name", t("Which archetype"), required=True, completes=True),
        Option("level", t("Level"), "choice", choices=LEVELS),
    ),
)
PHRASES = Command(("guide", "phrases"), t("Phrases for a level"))
NOTE = Command(
    ("note",),
    t("Leave a note"),
    (
        Option("to", t("For whom"), "member", required=True),
        Option("days", t("Days until it is shown"), "integer"),
        Option("tone", t("Tone"), "choice", choices=TONES),
        Option("text", t("The note"), required=True),
    ),
)
COMMANDS = (HELP, ARCHETYPE, PHRASES, NOTE)


class Asked(Action):
    name = "asked"


def understood(line: str) -> dict[str, str | int]:
    read = read_line(line, COMMANDS)
    assert isinstance(read, Understood), read
    return read.options


def problems(line: str) -> dict[str, str]:
    read = read_line(line, COMMANDS)
    assert isinstance(read, Unclear), read
    return {name: render(problem) for name, problem in read.problems.items()}


@pytest.mark.parametrize("line", ["", "   ", "help", "HELP", " Help "])
def test_the_empty_line_is_help(line: str) -> None:
    assert read_line(line, COMMANDS) == Understood(HELP)


def test_the_name_of_a_group_alone_means_the_command_that_says_so() -> None:
    show = Command(("progress", "show"), t("Show progress"), alone=True)
    group = (HELP, PHRASES, show, Command(("progress", "of"), t("Somebody's progress")))
    assert read_line("progress", group) == Understood(show, {})
    assert isinstance(read_line("guide", group), Unknown)
    assert isinstance(read_line("progress elsewhere", group), Unknown)


def test_the_empty_line_where_there_is_no_help_is_unknown() -> None:
    assert read_line("", [NOTE]) == Unknown("help")


@pytest.mark.parametrize(
    "line",
    [
        "guide archetype conflict at work",
        "Guide ARCHETYPE conflict at work",
        'guide archetype "conflict at work"',
        "guide archetype “conflict at work”",
        "guide archetype „conflict at work“",
        "guide archetype «conflict at work»",
        "guide archetype 'conflict at work'",
        "guide archetype ‘conflict at work’",
        'guide archetype name:"conflict at work"',
        "guide archetype Name:“conflict at work”",
        "guide archetype name: conflict at work",
        "guide archetype name:conflict at work",
        "guide  archetype\tname:  'conflict at work' ",
    ],
)
def test_one_value_can_be_written_in_many_ways(line: str) -> None:
    assert understood(line) == {"name": "conflict at work"}


def test_the_rest_of_a_line_keeps_its_spaces_apostrophes_and_quotations() -> None:
    assert understood('guide archetype I  don\'t "give up" easily') == {"name": 'I  don\'t "give up" easily'}


def test_a_quotation_that_never_ends_is_taken_as_it_stands() -> None:
    assert understood('guide archetype "conflict at work') == {"name": '"conflict at work'}


def test_a_line_of_marks_that_never_close_is_read_in_one_go() -> None:
    line = " ".join(f"{mark}a" for mark in "\"“”„«'‘") * 3000
    assert understood(f"guide archetype {line}") == {"name": line}


def test_an_apostrophe_inside_single_quotes_does_not_end_them() -> None:
    assert understood("guide archetype 'we don't agree'") == {"name": "we don't agree"}


def test_a_named_option_may_stand_before_between_or_after_words() -> None:
    expected = {"name": "conflict at work", "level": "L4"}
    assert understood("guide archetype level:L4 conflict at work") == expected
    assert understood("guide archetype conflict at work level:L4") == expected
    assert understood("guide archetype conflict level:l4 at work") == expected
    assert understood("guide archetype name:conflict at work level:l4") == expected


def test_words_fill_options_in_order_and_the_last_text_takes_the_rest() -> None:
    assert understood("note @ann 3 short see you: at ten") == {
        "to": "@ann",
        "days": 3,
        "tone": "short",
        "text": "see you: at ten",
    }


def test_a_name_given_twice_counts_once_and_the_second_is_text() -> None:
    assert understood("note to:@ann text:hi to:bob") == {"to": "@ann", "text": "hi to:bob"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("@ann", "ann"),
        ("<@U1>", "U1"),
        ("<@U1|ann>", "U1"),
        ("<@!123>", "123"),
        ("<#C1|general>", "C1"),
        ("ann", "ann"),
    ],
)
def test_a_mention_passes_through_and_its_id_can_be_read(value: str, expected: str) -> None:
    assert understood(f"note to:{value} text:hi")["to"] == value
    assert mentioned(value) == expected


@pytest.mark.parametrize(
    ("typed", "value"), [("short", "short"), ("SHORT", "short"), ("Lou", "shouted"), ("shou", "shouted")]
)
def test_a_choice_is_known_by_value_label_or_beginning(typed: str, value: str) -> None:
    assert understood(f"note @ann tone:{typed} text:hi")["tone"] == value


def test_a_beginning_of_two_choices_is_unclear_and_names_both() -> None:
    assert problems("note @ann tone:sho text:hi") == {
        "tone": "“sho” could mean short, shouted. Write a little more of it."
    }


def test_an_unknown_choice_names_the_possible_ones() -> None:
    assert problems("note @ann tone:loudly text:hi") == {"tone": "“loudly” is not one of these: short, shouted."}


@pytest.mark.parametrize("typed", ["three", "3.5", ""])
def test_what_is_no_whole_number_says_so(typed: str) -> None:
    assert problems(f'note @ann days:"{typed}" text:hi') == {"days": f"“{typed}” is not a whole number."}


def test_a_sentence_repeats_only_the_beginning_of_what_was_typed() -> None:
    assert problems(f"note @ann days:{'1' * 5000} text:hi") == {"days": f"“{'1' * 79}…” is not a whole number."}


def test_what_is_missing_is_asked_for_and_what_is_known_is_kept() -> None:
    read = read_line("note @ann tone:loudly", COMMANDS)
    assert isinstance(read, Unclear)
    assert read.options == {"to": "@ann"}
    assert read.typed == {"tone": "loudly"}
    assert {name: render(text) for name, text in read.problems.items()} == {
        "tone": "“loudly” is not one of these: short, shouted.",
        "text": "Please give this: The note.",
    }


def test_an_empty_quotation_does_not_count_as_given() -> None:
    assert problems('guide archetype name:""') == {"name": "Please give this: Which archetype."}


def test_words_that_no_option_takes_are_named() -> None:
    assert problems("guide phrases please") == {
        SURPLUS: "“guide phrases” takes no more than that; “please” is too much."
    }


def test_an_unknown_option_suggests_the_nearest() -> None:
    assert problems("guide archetype name:'conflict' level:L4 levl:L5") == {
        SURPLUS: "“guide archetype” has no option “levl”. Did you mean “level”?"
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("guide archtype conflict", (ARCHETYPE,)),
        ("hlep", (HELP,)),
        ("guide", (ARCHETYPE, PHRASES)),
        ("guide zzzzzzz", (ARCHETYPE, PHRASES)),
        ("phrses", (PHRASES,)),
        ("xyzzy", ()),
    ],
)
def test_an_unknown_command_suggests_what_is_near(line: str, expected: tuple[Command, ...]) -> None:
    assert read_line(line, COMMANDS) == Unknown(line, expected)


def test_the_form_of_a_command_asks_for_each_option_in_its_own_way() -> None:
    form = form_for(NOTE, {"to": "<@U1>", "days": 3, "tone": "short"}, Asked())
    assert form.inputs == (
        MemberInput("to", t("For whom"), value="U1"),
        TextInput("days", t("Days until it is shown"), required=False, value="3"),
        ChoiceInput("tone", t("Tone"), TONES, required=False, value=("short",)),
        TextInput("text", t("The note")),
    )


def test_an_option_that_completes_is_asked_as_a_select_of_the_same_choices() -> None:
    offered = (Choice("conflict", "Conflict"), Choice("failure", "Failure"))
    form = form_for(ARCHETYPE, {"name": "nothing like it"}, Asked(), {"name": offered})
    completed_by = " ".join(ARCHETYPE.path)
    assert form.inputs[0] == ChoiceInput("name", t("Which archetype"), offered, completed_by=completed_by)
    assert check_values(form, {"name": ("nothing like it",)}) == {}


def test_the_values_of_that_form_are_read_like_a_line() -> None:
    assert read_values(NOTE, {"to": ("U1",), "days": ("2",), "tone": ("short",), "text": ("hi",)}) == Understood(
        NOTE, {"to": "U1", "days": 2, "tone": "short", "text": "hi"}
    )
    read = read_values(NOTE, {"to": ("U1",), "days": ("soon",), "tone": (), "text": (" ",)})
    assert isinstance(read, Unclear)
    assert set(read.problems) == {"days", "text"}


names = st.text("abcdefghij", min_size=1, max_size=6)
texts = st.text(min_size=1, max_size=30).filter(str.strip)


def _values_of(kind: str, choices: tuple[Choice, ...]) -> st.SearchStrategy[str | int]:
    if kind == "integer":
        return st.integers(-(10**14), 10**14)
    return st.sampled_from([choice.value for choice in choices]) if kind == "choice" else texts


@st.composite
def commands_with_options(draw: st.DrawFn) -> tuple[Command, dict[str, str | int]]:
    options: list[Option] = []
    values: dict[str, str | int] = {}
    for name in draw(st.lists(names, unique=True, max_size=4)):
        kind = draw(st.sampled_from(["text", "integer", "choice", "member"]))
        choices = tuple(Choice(value, value) for value in draw(st.lists(texts, min_size=1, max_size=4, unique=True)))
        required = draw(st.booleans())
        options.append(Option(name, t("Something"), kind, required, choices if kind == "choice" else ()))  # type: ignore[arg-type]
        if required or draw(st.booleans()):
            values[name] = draw(_values_of(kind, choices))
    path = tuple(draw(st.lists(names, min_size=1, max_size=2)))
    return Command(path, t("A command"), tuple(options)), values


@given(commands_with_options())
@settings(max_examples=300, deadline=None)
def test_what_is_written_is_read_back(case: tuple[Command, dict[str, str | int]]) -> None:
    command, options = case
    assert read_line(write_line(command.path, options), [command]) == Understood(command, options)


@given(st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_has_an_outcome(line: str) -> None:
    for path in ("", "note ", "guide archetype ", "guide phrases "):
        assert read_line(path + line, COMMANDS)
