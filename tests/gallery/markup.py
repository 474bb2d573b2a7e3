"""HTML by function: everything read goes through `text`, everything built through `tag`."""

from __future__ import annotations

from html import escape


def text(words: str) -> str:
    """Words as they are, line breaks included (the style keeps them)."""
    return escape(words)


def tag(name: str, *inside: str, **attributes: str | bool) -> str:
    """An element around what is HTML already; `cls` stands for `class`, and a false attribute is left out."""
    given = ""
    for key, value in attributes.items():
        label = "class" if key == "cls" else key.replace("_", "-")
        if value:
            given += f" {label}" if value is True else f' {label}="{escape(value)}"'
    return f"<{name}{given}>{''.join(inside)}</{name}>"


def select(label: str, options: list[tuple[str, bool]], *, several: bool = False) -> str:
    """A select whose first line is its label; each option with whether it is chosen."""
    if several:
        return tag(
            "ul", *(tag("li", tag("span", cls="box on" if on else "box"), text(o)) for o, on in options), cls="pick"
        )
    first = [] if any(on for _, on in options) else [tag("option", text(label))]
    return tag("select", *first, *(tag("option", text(o), selected=on) for o, on in options), aria_label=label)


def entry(value: str, *, long: bool) -> str:
    """A text input, one line high or several."""
    if long:
        return tag("textarea", text(value), rows="4", aria_label="text")
    return f'<input value="{escape(value)}" aria-label="text">'
