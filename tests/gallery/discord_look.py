"""Discord's components as people see them: an approximation of its look from the payloads of the adapter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from adapters.discord.forms import LABEL, LONG, TEXT_INPUT, USER_SELECT
from adapters.discord.markdown import unescaped
from adapters.discord.render import BUTTON, FILE, FRAME, GALLERY, LINE, ROW, TEXT
from tests.gallery.markup import entry, select, tag, text

Payload = Any

STYLES = {1: "primary", 2: "normal", 4: "danger", 5: "link"}
BOLD = re.compile(r"(?<!\\)\*\*(?=\S)(.+?)(?<!\\)\*\*")
CHANNEL = re.compile(r"&lt;#\w+&gt;")
MARKS = re.compile(r"(?P<mark>### |-# |> |- |\*\*(?=.*\*\*$)|\d+\. )(?P<rest>.*?)(?:(?<!\\)\*\*)?", re.DOTALL)


def discord_html(payload: Payload) -> str:
    """A message or a modal."""
    if "title" not in payload:
        return tag("article", *map(_component, payload["components"]), cls="discord")
    ends = tag("div", tag("span", "Cancel", cls="button"), tag("span", "Submit", cls="button primary"), cls="ends")
    inside = map(_component, payload["components"])
    return tag("article", tag("h4", text(payload["title"]), cls="head"), *inside, ends, cls="discord modal")


def _component(component: Payload) -> str:
    match component["type"]:
        case kind if kind == FRAME:
            return tag("div", *map(_component, component["components"]), cls="frame")
        case kind if kind == TEXT:
            return "".join(_markdown(component["content"]))
        case kind if kind == FILE:
            return tag("p", tag("span", text(component["file"]["url"].removeprefix("attachment://")), cls="button"))
        case kind if kind == GALLERY:
            return "".join(tag("p", text(item["description"]), cls="picture") for item in component["items"])
        case kind if kind == LINE:
            return "<hr>"
        case kind if kind == ROW:
            return tag("div", *map(_control, component["components"]), cls="row")
        case kind if kind == LABEL:
            return _labelled(component)
        case kind:
            raise ValueError(f"no look for a component of type {kind}")


def _markdown(content: str) -> Iterator[str]:
    """The lines by their marks; lines of one list or quotation stand together."""
    for mark, group in groupby(map(_marked, content.split("\n")), key=lambda line: line[0]):
        lines = list(group)
        words = [_bold(rest) for _, _, rest in lines]
        match mark:
            case "### ":
                yield from (tag("h4", line) for line in words)
            case "**":
                yield from (tag("h5", line) for line in words)
            case "-# ":
                yield tag("p", "\n".join(words), cls="quiet")
            case "> ":
                yield tag("blockquote", "\n".join(words))
            case "- ":
                yield tag("ul", *(tag("li", line) for line in words))
            case "1. ":
                yield tag("ol", *(tag("li", line) for line in words), start=lines[0][1])
            case _:
                yield tag("p", CHANNEL.sub("#practice", "\n".join(words)))


def _bold(line: str) -> str:
    """A line whose labels are set in bold."""
    parts = BOLD.split(line)
    return "".join(
        tag("b", text(unescaped(part))) if number % 2 else text(unescaped(part)) for number, part in enumerate(parts)
    )


def _marked(line: str) -> tuple[str, str, str]:
    """The kind of a line, its number where it has one, and its words."""
    found = MARKS.fullmatch(line)
    if found is None:
        return "", "", line
    number = found["mark"].rstrip(". ")
    return ("1. ", number, found["rest"]) if number.isdigit() else (found["mark"], "", found["rest"])


def _control(control: Payload) -> str:
    if control["type"] == BUTTON:
        return tag("span", text(control["label"]), cls=f"button {STYLES[control['style']]}")
    return select(control["placeholder"], _options(control))


def _options(control: Payload) -> list[tuple[str, bool]]:
    return [(option["label"], option.get("default", False)) for option in control["options"]]


def _labelled(component: Payload) -> str:
    control = component["component"]
    required = tag("span", " *", cls="needed") if control["required"] else ""
    hint = tag("p", text(component["description"]), cls="quiet") if "description" in component else ""
    return tag("div", tag("label", text(component["label"]), required), hint, _entry(control), cls="input")


def _entry(control: Payload) -> str:
    match control["type"]:
        case kind if kind == TEXT_INPUT:
            return entry(control.get("value", ""), long=control["style"] == LONG)
        case kind if kind == USER_SELECT:
            return select("Select a member", [])
        case _:
            return select("Make a selection", _options(control), several=control["max_values"] > 1)
