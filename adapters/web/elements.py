"""The elements of a page model as HTML. Nothing here is drawn by a script or asked of another server."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from itertools import count
from urllib.parse import quote

from adapters.web.forms import form_node
from adapters.web.html import Child, Node, h
from bot.base.text import render, t
from bot.chat.cards import Bullets, Fields, Paragraph, Quote, Words
from bot.chat.charts import Chart
from bot.chat.page_port import Shown
from bot.chat.pages import Cell, PageElement, PageForm, PageLink, Section, Table

PAGE_PATH = "/page/"
NOTHING = "–"


def path_of(page: str, subject: str = "") -> str:
    """The path of a page."""
    return PAGE_PATH + quote(page, safe="") + (f"/{quote(subject, safe='')}" if subject else "")


class Drawing:
    """Draws one page. Ids are counted, so that they are unique on it."""

    def __init__(self, shown: Shown, path: str, hidden_fields: Mapping[str, str]) -> None:
        """`path` is where the page's forms are sent; `hidden_fields` travel with each of them."""
        self._shown = shown
        self._path = path
        self._hidden_fields = hidden_fields
        self._numbers = count(1)
        self._has_form = False

    def say(self, words: Words) -> str:
        """Words in the reader's language."""
        return render(words, self._shown.language)

    def section(self, section: Section) -> Node:
        """A section with its heading."""
        name = self._id("section")
        heading = h("h2", self.say(section.heading), id=name)
        return h("section", heading, map(self.element, section.elements), aria_labelledby=name)

    def element(self, element: PageElement) -> Node:
        """One element."""
        match element:
            case Paragraph():
                return h("p", self.say(element.text), class_="quiet" if element.quiet else None)
            case Quote():
                return h("blockquote", h("p", element.text))
            case Bullets():
                return self._list(element)
            case Fields():
                items = (h("div", h("dt", self.say(f.label)), h("dd", self.say(f.value))) for f in element.items)
                return h("dl", items)
            case Table():
                return self._table(element.caption, element.columns, element.rows)
            case Chart():
                return self._chart(element)
            case PageLink():
                return h("p", self._link(element))
            case PageForm():
                return self._form(element)

    def _form(self, element: PageForm) -> Node:
        """The form; what holds for all of them is said with the first."""
        first, self._has_form = not self._has_form, True
        name = self._id("form")
        return form_node(element, self._shown, self._path, self._hidden_fields, name, first=first)

    def _list(self, bullets: Bullets) -> Node:
        items = (h("li", self.say(item)) for item in bullets.items)
        return h("ol", items, start=bullets.first) if bullets.numbered else h("ul", items)

    def _table(self, caption: Words, columns: Sequence[Words], rows: Sequence[Sequence[Cell]]) -> Node:
        """A table that scrolls by itself where it is too wide, so that the page never does.

        On a phone its rows stand one below the other, each cell beside the name of its column (`data-label`).
        """
        name = self._id("table")
        said = list(map(self.say, columns))
        head = h("tr", (h("th", column, scope="col") if column else h("td") for column in said))
        body = [
            h("tr", [h("th", self._cell(row[0]), scope="row"), *self._cells(row[1:], said[1:])]) for row in rows if row
        ]
        table = h("table", h("caption", self.say(caption), id=name), h("thead", head), h("tbody", body))
        return h("div", table, class_="wide", role="region", aria_labelledby=name, tabindex="0")

    def _cells(self, cells: Sequence[Cell], columns: Sequence[str]) -> list[Child]:
        return [h("td", self._cell(cell), data_label=name) for cell, name in zip(cells, columns, strict=True)]

    def _cell(self, cell: Cell) -> Child:
        return self._link(cell) if isinstance(cell, PageLink) else self.say(cell)

    def _link(self, link: PageLink) -> Node:
        return h("a", self.say(link.label), href=path_of(link.page, link.subject))

    def _chart(self, chart: Chart) -> Node:
        """The picture with its sentence, and its figures as a table below."""
        children: list[Child] = [h("figcaption", self.say(chart.title))]
        picture = self._shown.pictures.get(chart)
        alt = self.say(chart.alt)
        if picture is None:
            children.append(h("p", alt))
        else:
            data = b64encode(picture.encode("utf-8")).decode("ascii")
            children.append(h("img", src=f"data:image/svg+xml;base64,{data}", alt=alt))
        figures = h("summary", self.say(t("The figures"))), self._figures(chart)
        children.append(h("details", figures, open=picture is None))
        return h("figure", children)

    def _figures(self, chart: Chart) -> Node:
        """The figures as a table: of a grid each series is a row, else each label is."""
        names = [series.name for series in chart.series]
        values = [list(map(_figure, series.values)) for series in chart.series]
        corner = self.say(chart.unit)
        if chart.kind == "grid":
            return self._table(
                chart.title, (corner, *chart.labels), [(n, *v) for n, v in zip(names, values, strict=True)]
            )
        rows = [(label, *column) for label, column in zip(chart.labels, zip(*values, strict=True), strict=True)]
        return self._table(chart.title, (corner, *names), rows)

    def _id(self, kind: str) -> str:
        return f"{kind}-{next(self._numbers)}"


def _figure(value: float | None) -> str:
    return NOTHING if value is None else f"{value:g}"
