"""HTML as a tree: every text and every attribute is escaped when it is written, and nothing else can be put in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
Attribute = str | int | bool | None
"""None and False leave an attribute out; True writes its name alone."""


@dataclass(frozen=True, slots=True)
class Node:
    """An element with what stands in it."""

    tag: str
    children: tuple[Child, ...] = ()
    attributes: Mapping[str, Attribute] = field(default_factory=dict)


Child = Node | str


def h(tag: str, *children: Child | Iterable[Child] | None, **attributes: Attribute) -> Node:
    """An element: `h("label", "Title", for_="title")`.

    In the names of attributes `_` stands for `-`; one at the end goes.
    """
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return Node(tag, tuple(_flat(children)), named)


def _flat(children: Iterable[Child | Iterable[Child] | None]) -> Iterator[Child]:
    for child in children:
        if isinstance(child, Node | str):
            yield child
        elif child is not None:
            yield from child


def write(node: Child) -> str:
    """The element, and all that stands in it, as HTML."""
    return "".join(_written(node))


def document(node: Node) -> str:
    """A whole document."""
    return f"<!doctype html>\n{write(node)}\n"


def _written(node: Child) -> Iterator[str]:
    if isinstance(node, str):
        yield escape(node, quote=False)
        return
    yield f"<{node.tag}{''.join(_attributes(node.attributes))}>"
    if node.tag in VOID:
        return
    if node.tag == "textarea":
        # A line break that comes first is not part of the text.
        yield "\n"
    for child in node.children:
        yield from _written(child)
    yield f"</{node.tag}>"


def _attributes(attributes: Mapping[str, Attribute]) -> Iterator[str]:
    for name, value in attributes.items():
        if value is True:
            yield f" {name}"
        elif value is not None and value is not False:
            yield f' {name}="{escape(str(value))}"'
