"""What stands in a modal's inputs, and what a person enters there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.wire.slack.blocks import unescaped

View = Mapping[str, Any]
Values = Mapping[str, tuple[str, ...]]


def title_of(view: View) -> str:
    """The heading."""
    return unescaped(view["title"]["text"])


def labels_of(view: View) -> dict[str, str]:
    """The label of each input by its block's id."""
    return {block["block_id"]: unescaped(block["label"]["text"]) for block in _inputs(view)}


def opened_with(view: View) -> dict[str, tuple[str, ...]]:
    """What stands in the inputs when the modal opens."""
    found = {block["block_id"]: _initial(block["element"]) for block in _inputs(view)}
    return {name: values for name, values in found.items() if values}


def entered_in(state: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What was entered, from the state that goes with a submission."""
    found = {name: _value(next(iter(block.values()))) for name, block in state.items()}
    return {name: values for name, values in found.items() if values}


def state_of(view: View, values: Values) -> dict[str, Any]:
    """The state that goes with a submission of these values; `AssertionError` for what Slack's client refuses."""
    found = {}
    for block in _inputs(view):
        name, element = block["block_id"], block["element"]
        given = tuple(value for value in values.get(name, ()) if value)
        assert given or block.get("optional"), f"Slack's client wants {name!r} filled in"
        found[name] = {element["action_id"]: {"type": element["type"]} | _state(element, given)}
    return found


def _inputs(view: View) -> list[Mapping[str, Any]]:
    return [block for block in view["blocks"] if block["type"] == "input"]


def _initial(element: Mapping[str, Any]) -> tuple[str, ...]:
    options = [*element.get("initial_options", ()), *filter(None, [element.get("initial_option")])]
    texts = (element.get("initial_value"), element.get("initial_user"), *(option["value"] for option in options))
    return tuple(each for each in texts if each)


def _state(element: Mapping[str, Any], given: tuple[str, ...]) -> dict[str, Any]:
    options = [option for option in element.get("options", ()) if option["value"] in given]
    assert not element.get("options") or len(options) == len(given), "Slack's client offers no such choice"
    match element["type"]:
        case "plain_text_input":
            text = given[0] if given else None
            assert len(text or "") <= element["max_length"], "Slack's client takes no more than that"
            return {"value": text}
        case "users_select":
            return {"selected_user": given[0] if given else None}
        case "multi_static_select" | "checkboxes":
            return {"selected_options": options}
        case "external_select":
            label = {"type": "plain_text", "text": given[0], "emoji": False} if given else None
            return {"selected_option": {"text": label, "value": given[0]} if given else None}
        case _:
            return {"selected_option": options[0] if options else None}


def _value(state: Mapping[str, Any]) -> tuple[str, ...]:
    options = [*state.get("selected_options", ()), *filter(None, [state.get("selected_option")])]
    texts = (state.get("value"), state.get("selected_user"), *(option["value"] for option in options))
    return tuple(each for each in texts if each)
