"""Block Kit: what Slack refuses, what a person reads in blocks, and whom they notify."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Block = Mapping[str, Any]

KINDS = frozenset({"section", "actions", "context", "divider", "header", "image", "input", "rich_text"})
MOST = {"message": 50, "modal": 100, "home": 100}
ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
NAMED_TEXTS = {"label": 2000, "hint": 2000, "title": 2000}
CHOOSING = ("static_select", "multi_static_select", "radio_buttons", "checkboxes")


def escaped(text: str) -> str:
    """`text` as Slack hands on what somebody typed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    """`text` with its entities read."""
    return re.sub("|".join(ENTITIES), lambda entity: ENTITIES[entity.group()], text)


def complaints(blocks: Sequence[Block], surface: str) -> list[str]:
    """What Slack finds wrong with the blocks of a message, a modal or a home."""
    found: list[str] = []
    if len(blocks) > MOST[surface]:
        found.append(f"no more than {MOST[surface]} items allowed [json-pointer:/blocks]")
    ids = [block["block_id"] for block in blocks if block.get("block_id")]
    if len(ids) > len(set(ids)):
        found.append("block_id already exists [json-pointer:/blocks]")
    if any(len(each) > 255 for each in ids):
        found.append("must be less than 256 characters [json-pointer:/blocks/block_id]")
    for number, block in enumerate(blocks):
        found += [f"{problem} [json-pointer:/blocks/{number}]" for problem in _block(block, surface)]
    actions = [element.get("action_id") for block in blocks for element in block.get("elements", ())]
    named = [each for each in actions if each]
    if len(named) > len(set(named)):
        found.append("action_id already exists [json-pointer:/blocks]")
    if surface == "message" and sum(map(len, _texts(blocks))) > 12_000:
        found.append("msg_blocks_too_long")
    return found


def modal_complaints(view: Mapping[str, Any]) -> list[str]:
    """What Slack finds wrong with a modal."""
    found = complaints(view.get("blocks", ()), "modal")
    for name in ("title", "submit", "close"):
        if name in view and not 1 <= len(unescaped(view[name].get("text", ""))) <= 24:
            found.append(f"must be more than 0 and less than 25 characters [json-pointer:/view/{name}]")
    if "title" not in view:
        found.append("missing required field: title [json-pointer:/view]")
    if "submit" not in view and any(block.get("type") == "input" for block in view.get("blocks", ())):
        found.append("missing required field: submit [json-pointer:/view]")
    if len(view.get("private_metadata", "")) > 3000:
        found.append("must be less than 3001 characters [json-pointer:/view/private_metadata]")
    if len(view.get("callback_id", "")) > 255:
        found.append("must be less than 256 characters [json-pointer:/view/callback_id]")
    return found


def _block(block: Block, surface: str) -> Iterator[str]:
    kind = block.get("type")
    if kind not in KINDS or (kind == "input" and surface == "message"):
        yield f"unsupported type: {kind}"
    match kind:
        case "section":
            yield from _text(block.get("text"), 3000)
        case "header":
            yield from _text(block.get("text"), 150, plain=True)
        case "context":
            elements = block.get("elements") or ()
            if not 1 <= len(elements) <= 10:
                yield "1 to 10 items"
            for element in elements:
                yield from _text(element, 3000)
        case "actions":
            elements = block.get("elements") or ()
            if not 1 <= len(elements) <= 25:
                yield "1 to 25 items"
            for element in elements:
                yield from _element(element)
        case "input":
            yield from _input(block)
        case "image":
            if not 1 <= len(block.get("alt_text", "")) <= 2000:
                yield "an alt_text of 1 to 2000 characters is needed"
            if ("slack_file" in block) == ("image_url" in block):
                yield "one of slack_file and image_url is needed"
        case "rich_text":
            yield from _rich(block)


def _text(found: Any, most: int, *, plain: bool = False) -> Iterator[str]:
    if not isinstance(found, Mapping) or found.get("type") not in ("plain_text", "mrkdwn"):
        yield "a text object is needed"
        return
    if plain and found["type"] != "plain_text":
        yield "plain_text is needed"
    if not 1 <= len(found.get("text", "")) <= most:
        yield f"must be more than 0 and less than {most + 1} characters"


def _element(element: Block) -> Iterator[str]:
    kind = element.get("type")
    if not 1 <= len(element.get("action_id", "")) <= 255:
        yield "an action_id of 1 to 255 characters is needed"
    if kind == "button":
        yield from _text(element.get("text"), 75, plain=True)
        if len(element.get("value", "")) > 2000 or len(element.get("url", "")) > 3000:
            yield "must be less than 2001 characters"
        if element.get("style") not in (None, "primary", "danger"):
            yield "style must be primary or danger"
    elif kind in CHOOSING:
        if "placeholder" in element:
            yield from _text(element["placeholder"], 150, plain=True)
        yield from _options(element)
    elif kind == "external_select":
        if "options" in element:
            yield "options are asked for, not given"
        if not 0 <= element.get("min_query_length", 3) <= 3:
            yield "min_query_length must be 0 to 3"
    elif kind == "plain_text_input":
        longest = element.get("max_length", 3000)
        if not 1 <= longest <= 3000 or len(element.get("initial_value", "")) > longest:
            yield "max_length must be 1 to 3000, and the initial value fit"
    elif kind != "users_select":
        yield f"unsupported type: {kind}"


def _options(element: Block) -> Iterator[str]:
    options = element.get("options") or ()
    most = 10 if element["type"] in ("radio_buttons", "checkboxes") else 100
    if not 1 <= len(options) <= most:
        yield f"1 to {most} options"
    for option in options:
        yield from _text(option.get("text"), 75, plain=True)
        if "description" in option:
            yield from _text(option["description"], 75, plain=True)
        if not 1 <= len(option.get("value", "")) <= 150:
            yield "an option's value has 1 to 150 characters"
    initial = [*element.get("initial_options", ()), *filter(None, [element.get("initial_option")])]
    if any(each not in options for each in initial):
        yield "an initial option must be one of the options"


def _input(block: Block) -> Iterator[str]:
    for name, most in NAMED_TEXTS.items():
        if name in block or name == "label":
            yield from _text(block.get(name), most, plain=True)
    yield from _element(block.get("element") or {})


def _rich(block: Block) -> Iterator[str]:
    for part in block.get("elements") or ():
        kind = part.get("type")
        if kind not in ("rich_text_section", "rich_text_quote", "rich_text_list", "rich_text_preformatted"):
            yield f"unsupported type: {kind}"
        inner = part.get("elements") or ()
        if not inner:
            yield "at least one element is needed"
        sections = inner if kind == "rich_text_list" else [part]
        for section in sections:
            for element in section.get("elements", ()):
                if element.get("type") == "text" and not element.get("text"):
                    yield "a text must not be empty"
    if not block.get("elements"):
        yield "at least one element is needed"


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield from lines(block)


def lines(block: Block) -> Iterator[str]:
    """What can be read in one block, from top to bottom."""
    match block.get("type"):
        case "header" | "section":
            yield _read(block.get("text"))
        case "context":
            for element in block.get("elements", ()):
                yield element["alt_text"] if element.get("type") == "image" else _read(element)
        case "image":
            yield block.get("alt_text", "")
        case "rich_text":
            for part in block["elements"]:
                items = part["elements"] if part["type"] == "rich_text_list" else [part]
                for item in items:
                    yield "".join(_run(element) for element in item["elements"])


def _run(element: Mapping[str, Any]) -> str:
    return f"<#{element['channel_id']}>" if element.get("type") == "channel" else str(element.get("text", ""))


def _read(text: Any) -> str:
    return unescaped(text.get("text", "")) if isinstance(text, Mapping) else ""


def controls(blocks: Sequence[Block]) -> list[tuple[str, Mapping[str, Any]]]:
    """The buttons and selects, each with its label."""
    rows = [block["elements"] for block in blocks if block.get("type") == "actions"]
    return [(_read(element.get("text") or element.get("placeholder")), element) for row in rows for element in row]


def notified(text: str, blocks: Sequence[Block]) -> frozenset[str]:
    """Whom a message notifies: user ids, or "everyone"."""
    objects = [each for block in blocks for each in (block.get("text"), *block.get("elements", ()))]
    marked = [each["text"] for each in objects if isinstance(each, Mapping) and each.get("type") == "mrkdwn"]
    marked.append(text)
    people = {match for one in marked for match in re.findall(r"<@([A-Z0-9]+)[|>]", one)}
    broadcast = any(re.search(r"<!(?:channel|here|everyone|subteam)", one) for one in marked)
    return frozenset(people | ({"everyone"} if broadcast else set()))
