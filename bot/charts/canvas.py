"""A sheet of SVG to draw on: texts, lines and areas by presentation attributes alone.

There are no style sheets, scripts or references to anywhere else, so a page with a strict policy can hold it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import east_asian_width
from xml.etree.ElementTree import Element, SubElement, tostring

from bot.charts.looks import INK, PAPER, colour

FONT = "system-ui, sans-serif"
NARROW, WIDE = 0.55, 1.0
"""Width of a letter as a share of its size: Latin on average, Chinese, Japanese and Korean."""
TILE = 8
HATCHES = ("", "M0 8 L8 0", "M0 4 H8", "M4 0 V8", "M0 8 L8 0 M0 0 L8 8", "M0 4 H8 M4 0 V8")
"""Lines over the colour of a series, so that areas are told apart without colour too."""
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold."""


class Canvas:
    """One drawing; `title` and `description` are what assistive technology reads in its place."""

    def __init__(self, name: str, width: float, height: float, title: str, description: str) -> None:
        """`name` begins the ids, which have to be unique on a page."""
        self._name = name
        self._root = Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {_short(width)} {_short(height)}",
                "role": "img",
                "aria-labelledby": f"{name}-title {name}-desc",
                "font-family": FONT,
                "fill": INK,
            },
        )
        SubElement(self._root, "title", {"id": f"{name}-title"}).text = _clean(title)
        SubElement(self._root, "desc", {"id": f"{name}-desc"}).text = _clean(description)
        self._definitions = SubElement(self._root, "defs")
        self._hatched: set[int] = set()
        self.rect(0, 0, width, height, fill=PAPER)

    def rect(self, x: float, y: float, width: float, height: float, **looks: str) -> None:
        """A filled area."""
        self._put("rect", {"x": _short(x), "y": _short(y), "width": _short(width), "height": _short(height), **looks})

    def line(self, x1: float, y1: float, x2: float, y2: float, **looks: str) -> None:
        """A straight line."""
        ends = {"x1": _short(x1), "y1": _short(y1), "x2": _short(x2), "y2": _short(y2)}
        self._put("line", {**ends, "stroke": INK, **looks})

    def path(self, points: Sequence[tuple[float, float]], **looks: str) -> None:
        """A run of straight lines."""
        run = "M" + " L".join(f"{_short(x)} {_short(y)}" for x, y in points)
        self._put("path", {"d": run, "fill": "none", **looks})

    def polygon(self, points: Sequence[tuple[float, float]], **looks: str) -> None:
        """The area within a run of straight lines."""
        self._put("polygon", {"points": " ".join(f"{_short(x)},{_short(y)}" for x, y in points), **looks})

    def circle(self, x: float, y: float, radius: float, **looks: str) -> None:
        """A disc."""
        self._put("circle", {"cx": _short(x), "cy": _short(y), "r": _short(radius), **looks})

    def text(self, x: float, y: float, words: str, *, size: int = 14, anchor: str = "start", **looks: str) -> None:
        """Words on a base line."""
        place = {"x": _short(x), "y": _short(y), "font-size": str(size), "text-anchor": anchor}
        self._put("text", {**place, **looks}).text = _clean(words)

    def area_fill(self, number: int) -> str:
        """The fill of the areas of the series of this number: its colour with its hatching."""
        hatch = HATCHES[number % len(HATCHES)]
        if not hatch:
            return colour(number)
        name = f"{self._name}-{number}"
        if number not in self._hatched:
            self._hatched.add(number)
            tile = {"id": name, "width": str(TILE), "height": str(TILE), "patternUnits": "userSpaceOnUse"}
            pattern = SubElement(self._definitions, "pattern", tile)
            SubElement(pattern, "rect", {"width": str(TILE), "height": str(TILE), "fill": colour(number)})
            SubElement(pattern, "path", {"d": hatch, "stroke": PAPER, "stroke-width": "1", "stroke-opacity": "0.6"})
        return f"url(#{name})"

    def drawn(self) -> str:
        """The SVG as text, to stand inside a page."""
        return tostring(self._root, encoding="unicode")

    def _put(self, tag: str, attributes: dict[str, str]) -> Element:
        spelt = {name.replace("_", "-"): value for name, value in attributes.items()}
        return SubElement(self._root, tag, spelt)


def width_of(words: str, size: int = 14) -> float:
    """About how wide `words` are."""
    return size * sum(WIDE if east_asian_width(letter) in "WF" else NARROW for letter in words)


def cut(words: str, width: float, size: int = 14) -> str:
    """`words` as far as they fit into `width`."""
    if width_of(words, size) <= width:
        return words
    while words and width_of(f"{words}…", size) > width:
        words = words[:-1]
    return f"{words.rstrip()}…"


def wrapped(words: str, width: float, size: int = 14, most: int = 3) -> list[str]:
    """`words` in at most so many lines that fit into `width`; what is left over is cut from the last one."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and (width_of(longer, size) <= width or len(lines) == most):
            lines[-1] = longer
        else:
            lines.append(word)
    return [cut(line, width, size) for line in lines]


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _clean(words: str) -> str:
    return _NOT_XML.sub("", words)
