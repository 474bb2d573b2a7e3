"""Block Kit as people see it: an approximation of Slack's look from the payloads of the adapter."""

from __future__ import annotations

from typing import Any

from tests.gallery.markup import entry, select, tag, text
from tests.wire.slack.blocks import unescaped

Payload = Any


def slack_html(payload: Payload) -> str:
    """A message, a home or a modal."""
    blocks = "".join(map(_block, payload["blocks"]))
    if payload.get("type") != "modal":
        return tag("article", blocks, cls="slack")
    ends = tag("div", tag("span", "Cancel", cls="button"), _button(payload["submit"], "primary"), cls="ends")
    return tag("article", tag("h4", _text(payload["title"]), cls="head"), blocks, ends, cls="slack modal")


def _text(found: Payload) -> str:
    return text(unescaped(found["text"]))


def _block(block: Payload) -> str:
    match block["type"]:
        case "header":
            return tag("h4", _text(block["text"]))
        case "section":
            return tag("p", _text(block["text"]))
        case "context":
            return tag("p", *map(_text, block["elements"]), cls="quiet")
        case "divider":
            return "<hr>"
        case "actions":
            return tag("div", *map(_control, block["elements"]), cls="row")
        case "rich_text":
            return "".join(map(_rich, block["elements"]))
        case "input":
            return _input(block)
        case kind:
            raise ValueError(f"no look for {kind}")


def _rich(part: Payload) -> str:
    match part["type"]:
        case "rich_text_list":
            items = [tag("li", *map(_run, item["elements"])) for item in part["elements"]]
            if part["style"] == "ordered":
                return tag("ol", *items, start=str(part.get("offset", 0) + 1))
            return tag("ul", *items)
        case "rich_text_quote":
            return tag("blockquote", *map(_run, part["elements"]))
        case _:
            return tag("p", *map(_run, part["elements"]))


def _run(run: Payload) -> str:
    if run["type"] == "channel":
        return tag("a", "#practice")
    words = text(run["text"])
    return tag("b", words) if run.get("style", {}).get("bold") else words


def _control(element: Payload) -> str:
    if element["type"] == "button":
        return _button(element["text"], element.get("style", ""))
    return select(unescaped(element["placeholder"]["text"]), _options(element))


def _button(label: Payload, style: str) -> str:
    return tag("span", _text(label), cls=f"button {style}")


def _options(element: Payload) -> list[tuple[str, bool]]:
    chosen = element.get("initial_options") or [element.get("initial_option")]
    return [(unescaped(option["text"]["text"]), option in chosen) for option in element["options"]]


def _input(block: Payload) -> str:
    element = block["element"]
    optional = tag("span", " (optional)", cls="quiet") if block["optional"] else ""
    hint = tag("p", _text(block["hint"]), cls="quiet") if "hint" in block else ""
    return tag("div", tag("label", _text(block["label"]), optional), _entry(element), hint, cls="input")


def _entry(element: Payload) -> str:
    match element["type"]:
        case "plain_text_input":
            return entry(element.get("initial_value", ""), long=element["multiline"])
        case "radio_buttons":
            return tag("ul", *(_radio(option) for option in element["options"]), cls="pick")
        case "users_select":
            return select("Select a person", [])
        case kind:
            return select("Select an option", _options(element), several=kind == "multi_static_select")


def _radio(option: Payload) -> str:
    described = tag("span", _text(option["description"]), cls="quiet") if "description" in option else ""
    return tag("li", tag("span", cls="box round"), _text(option["text"]), " ", described)
