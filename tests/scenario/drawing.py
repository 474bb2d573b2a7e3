"""Cards as lines of text."""

from __future__ import annotations

from adapters.local.cards import Payload


def drawn(card: Payload) -> str:
    """A card as lines of text, its controls in brackets."""
    return "\n".join([str(card["title"]), *(f"  {line}" for element in card["elements"] for line in _lines(element))])


def _lines(element: Payload) -> list[str]:
    match element["kind"]:
        case "header" | "paragraph":
            return str(element["text"]).splitlines()
        case "quote":
            return [f"> {line}" for line in str(element["text"]).splitlines()]
        case "bullets":
            return [f"- {item}" for item in element["items"]]
        case "fields":
            return [f"{field['label']}: {field['value']}" for field in element["items"]]
        case "buttons":
            return [" ".join(f"[{button['label']}]" for button in element["items"])]
        case "select":
            return [f"[{element['label']} ▾]"]
        case "image":
            return [f"(picture: {element['alt']})"]
        case _:
            return ["---"]
