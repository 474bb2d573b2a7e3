"""The local workspace's cards and forms, as its own page draws them."""

from __future__ import annotations

from typing import Any

from tests.gallery.markup import entry, select, tag, text

Payload = Any


def local_html(payload: Payload) -> str:
    """A message or a form."""
    if "inputs" not in payload:
        inside = map(_element, payload["elements"])
        title = tag("h4" if payload["headed"] else "p", text(payload["title"]), cls="head")
        return tag("article", title, *inside, cls="local")
    intro = tag("p", text(payload["intro"]), cls="quiet") if payload["intro"] else ""
    sent = tag("span", text(payload["submit"]), cls="button primary")
    ends = tag("div", tag("span", "Cancel", cls="button"), sent, cls="ends")
    head = tag("h4", text(payload["title"]), cls="head")
    return tag("article", head, intro, *map(_input, payload["inputs"]), ends, cls="local modal")


def _element(element: Payload) -> str:
    match element["kind"]:
        case "header":
            return tag("h5", text(element["text"]))
        case "paragraph":
            return tag("p", text(element["text"]), cls="quiet" if element["quiet"] else False)
        case "quote":
            return tag("blockquote", text(element["text"]))
        case "bullets":
            items = (tag("li", text(item)) for item in element["items"])
            return tag("ol" if element["numbered"] else "ul", *items)
        case "fields":
            pairs = (tag("div", tag("dt", text(f["label"])), tag("dd", text(f["value"]))) for f in element["items"])
            return tag("dl", *pairs)
        case "image":
            return tag("p", text(element["alt"]), cls="picture")
        case "document":
            return tag("p", tag("span", text(element["name"]), cls="button"))
        case "divider":
            return "<hr>"
        case "buttons":
            labels = (tag("span", text(b["label"]), cls=f"button {b['style']}") for b in element["items"])
            return tag("div", *labels, cls="row")
        case "select":
            options = [(choice["label"], False) for choice in element["choices"]]
            return tag("div", tag("label", text(element["label"])), select("Choose…", options), cls="input")
        case kind:
            raise ValueError(f"no look for {kind}")


def _input(each: Payload) -> str:
    optional = "" if each["required"] else tag("span", " (optional)", cls="quiet")
    hint = tag("p", text(each["hint"]), cls="quiet") if each["hint"] else ""
    return tag("div", tag("label", text(each["label"]), optional), hint, _entry(each), cls="input")


def _entry(each: Payload) -> str:
    match each["kind"]:
        case "text":
            return entry("".join(each["value"]), long=each["multiline"])
        case "rating":
            rows = (tag("b", choice["value"]) + " " + text(choice["label"]) for choice in each["choices"])
            return tag("ul", *(tag("li", tag("span", cls="box round"), row) for row in rows), cls="pick")
        case "member":
            return select("Choose…", [])
        case _:
            options = [(choice["label"], choice["value"] in each["value"]) for choice in each["choices"]]
            return select("Choose…", options, several=each["several"])
