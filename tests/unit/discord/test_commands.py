"""Commands as Discord knows them: told again only where they differ, and read back into the one grammar."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from adapters.discord import commands
from adapters.discord.commands import MANAGE_MESSAGES, MANAGE_SERVER, command_payloads, differ, message_payloads
from adapters.discord.invoking import completion_payload, focused, line_of
from bot.base.text import t
from bot.chat.cards import Choice
from bot.chat.commands import Command, MessageAction, Option
from tests.contract.harness import COMMANDS
from tests.wire.discord.validation import check_commands


def root_payload(root: str, commands: Sequence[Command]) -> dict[str, Any]:
    """The one application command of commands that are for everybody."""
    (payload,) = command_payloads(root, commands, for_users=False)
    return payload


ROOT = root_payload("starling", COMMANDS)


def as_discord_keeps(payload: dict[str, Any]) -> dict[str, Any]:
    """The command with what Discord adds to it and what it leaves out or empties."""
    kept = copy.deepcopy(payload)
    kept.update(id="1", application_id="2", version="3", nsfw=False, default_member_permissions=None)
    for command in kept["options"]:
        command.setdefault("options", [])
        command["description_localizations"] = None
        for option in command["options"]:
            option.setdefault("required", False)
    return kept


def test_nothing_is_told_where_discord_knows_it_already() -> None:
    assert not differ([ROOT], [as_discord_keeps(ROOT)])


@pytest.mark.parametrize(
    "changed",
    [
        (Command(("help",), t("Something else")), *COMMANDS[1:]),
        COMMANDS[1:],
        (*COMMANDS, Command(("home",), t("See your home"))),
        (Command(("help",), t("What Starling can do"), (Option("word", t("Which"), required=True),)), *COMMANDS[1:]),
    ],
)
def test_every_change_is_told(changed: tuple[Command, ...]) -> None:
    assert differ([root_payload("starling", changed)], [as_discord_keeps(ROOT)])


def test_a_command_that_is_not_ours_any_more_is_told() -> None:
    assert differ([ROOT], [as_discord_keeps(ROOT), {"name": "old", "type": 1}])
    assert differ([ROOT], [])


FOR_ALL = Command(("help",), t("See what you can do"))
FOR_MODERATORS = Command(("moderate", "block"), t("Block a member"), audience="moderators")
FOR_ADMINS = Command(("setup", "appoint"), t("Appoint a member"), audience="admins")
EVERY_AUDIENCE = (FOR_ALL, FOR_MODERATORS, FOR_ADMINS)


def test_what_needs_a_role_has_a_root_of_its_own_that_discord_hides_from_others() -> None:
    found = command_payloads("starling", EVERY_AUDIENCE, for_users=True)
    check_commands(found)
    shown = {each["name"]: each.get("default_member_permissions") for each in found}
    assert shown == {
        "starling": None,
        "starling-moderator": str(MANAGE_MESSAGES),
        "starling-admin": str(MANAGE_SERVER),
    }
    assert [each["contexts"] for each in found] == [[0, 1, 2], [0], [0]]
    assert [each["integration_types"] for each in found] == [[0, 1], [0], [0]]


def test_where_people_cannot_install_it_nothing_is_offered_outside_of_servers_and_direct_messages() -> None:
    (found, *_) = command_payloads("starling", EVERY_AUDIENCE, for_users=False)
    assert (found["contexts"], found["integration_types"]) == ([0, 1], [0])
    check_commands([found], installable=["0"])


def test_an_entry_of_messages_menus_that_needs_a_role_is_hidden_from_others() -> None:
    hide = MessageAction(t("Hide this answer"), "hide~1", audience="moderators")
    (found,) = message_payloads([hide], for_users=True)
    assert (found["default_member_permissions"], found["contexts"]) == (str(MANAGE_MESSAGES), [0])


def test_the_longest_root_has_room_for_its_ending() -> None:
    found = command_payloads("r" * 32, EVERY_AUDIENCE, for_users=False)
    check_commands(found)
    assert len({each["name"] for each in found}) == 3


@pytest.mark.parametrize(
    ("key", "value"), [("default_member_permissions", None), ("contexts", [0, 1]), ("integration_types", [0, 1])]
)
def test_permissions_and_places_that_differ_are_told(key: str, value: Any) -> None:
    wanted = command_payloads("starling", [FOR_ADMINS], for_users=False)
    known = [
        {**as_discord_keeps(each), "default_member_permissions": each["default_member_permissions"]} for each in wanted
    ]
    assert not differ(wanted, known)
    assert differ(wanted, [{**each, key: value} for each in known])


def test_the_order_in_which_discord_names_places_is_no_difference() -> None:
    wanted = command_payloads("starling", [FOR_ALL], for_users=True)
    assert not differ(wanted, [{**as_discord_keeps(each), "contexts": [2, 0, 1]} for each in wanted])


def test_required_options_come_first() -> None:
    options = (Option("maybe", t("Maybe")), Option("needed", t("Needed"), required=True))
    (command,) = root_payload("starling", [Command(("do",), t("Do it"), options)])["options"]
    assert [option["name"] for option in command["options"]] == ["needed", "maybe"]


def test_many_commands_have_shorter_descriptions_rather_than_being_refused() -> None:
    options = tuple(
        Option(f"option{number}", t("A long description of what this option is for " * 3)) for number in range(5)
    )
    paths = [(f"group{group}", f"command{number}") for group in range(10) for number in range(8)]
    wanted = [root_payload("starling", [Command(path, t("What it does, at length " * 5), options) for path in paths])]
    check_commands(wanted)
    assert len(wanted[0]["options"]) == 10


def test_descriptions_come_in_the_languages_of_the_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ko").mkdir()
    monkeypatch.setattr(commands, "LOCALES", tmp_path)
    monkeypatch.setattr(commands, "render", lambda text, language="en": f"{text.source} ({language})")
    (command,) = root_payload("starling", [Command(("do",), t("Do it"))])["options"]
    assert command["description_localizations"] == {"ko": "Do it (ko)"}


def test_entries_of_messages_menus_are_at_most_fifteen_with_short_names() -> None:
    actions = [MessageAction(t("Save what I wrote there as a story of mine"), f"save~{number}") for number in range(20)]
    found = message_payloads(actions, for_users=False)
    assert len(found) == 15
    assert all(len(entry["name"]) <= 32 for entry in found)


def test_what_is_being_typed_is_told_from_what_stands() -> None:
    options = [
        {"name": "name", "type": 3, "value": "confl", "focused": True},
        {"name": "level", "type": 3, "value": "L4"},
    ]
    group = {"name": "guide", "type": 2, "options": [{"name": "archetype", "type": 1, "options": options}]}
    data = {"name": "starling", "options": [group]}
    assert focused(data) == ("name", "confl")
    assert line_of(data) == "guide archetype level:L4"


def test_completions_are_at_most_twenty_five_of_what_fits() -> None:
    choices = [Choice("x" * 101, "too long"), *(Choice(str(number), "n" * 120) for number in range(30))]
    found = completion_payload(choices)
    assert len(found) == 25
    assert all(len(each["name"]) <= 100 and len(each["value"]) <= 100 for each in found)
