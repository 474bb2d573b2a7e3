"""A form of the chat model as an HTML form: labelled inputs, with what is wrong beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from adapters.web.html import Child, Node, h
from bot.base.text import Text, render, t
from bot.chat.forms import ChoiceInput, Input, MemberInput, RatingInput, TextInput
from bot.chat.page_port import Shown
from bot.chat.pages import PageForm
from bot.chat.values import text_of

INPUT = "in."
"""Begins the name of every field that is an input of the form itself."""
ACTION, TOKEN, DRAWN = "action", "token", "drawn"
UNSAVED = t(
    "Nothing is saved before you press the button. A page that was left alone for an hour cannot save any more; "
    "then what you wrote is shown to you once more, to be copied."
)


def form_node(
    element: PageForm, shown: Shown, path: str, hidden_fields: Mapping[str, str], name: str, *, first: bool
) -> Node:
    """The form under the id `name`, filled in with what was typed where it was sent before.

    `hidden_fields` go with it unseen, beside its own payload. The `first` of a page says what holds for all.
    """
    return _FormDrawing(element, shown, name).drawn(path, hidden_fields, first=first)


def input_id(name: str, item: Input) -> str:
    """The id of an input of the form `name`, where links from the list of problems lead."""
    return f"{name}-{item.name}"


class _FormDrawing:
    def __init__(self, element: PageForm, shown: Shown, name: str) -> None:
        self._form = element.form
        self._behind = element.behind
        self._shown = shown
        self._name = name
        self._sent = shown.action == self._form.action.encode()

    def drawn(self, path: str, hidden_fields: Mapping[str, str], *, first: bool) -> Node:
        """The form, or what opens it."""
        form = self._body(path, hidden_fields, first)
        if not self._behind:
            return form
        return h("details", h("summary", self._say(self._behind)), form, class_="fold", open=bool(self._problems))

    def _body(self, path: str, hidden_fields: Mapping[str, str], first: bool) -> Node:
        form = self._form
        children: list[Child] = [
            h("h3", self._say(form.title), id=self._name),
            *(hidden(field, value) for field, value in hidden_fields.items()),
            hidden(ACTION, form.action.encode()),
        ]
        if form.intro:
            children.append(h("p", self._say(form.intro)))
        if self._problems:
            children.append(self._summary())
        children += [self._field(item) for item in form.inputs]
        if first:
            children.append(h("p", self._say(UNSAVED), class_="quiet"))
        children.append(h("button", self._say(form.submit), type="submit"))
        return h("form", children, method="post", action=path, novalidate=True, aria_labelledby=self._name)

    @property
    def _problems(self) -> dict[str, Text]:
        return dict(self._shown.problems) if self._sent else {}

    def _say(self, words: Text | str) -> str:
        return render(words, self._shown.language)

    def _summary(self) -> Node:
        """What is wrong, each with a link to its input; the browser goes here first."""
        by_name = {item.name: item for item in self._form.inputs}
        lines: list[Child] = []
        for name, problem in self._problems.items():
            item = by_name.get(name)
            if item is None:
                lines.append(h("li", self._say(problem)))
                continue
            said = self._say(t("{label}: {problem}", label=self._say(item.label), problem=self._say(problem)))
            lines.append(h("li", h("a", said, href=f"#{input_id(self._name, item)}")))
        heading = h("h4", self._say(t("Something needs another look")))
        return h("div", heading, h("ul", lines), class_="problems", role="alert", tabindex="-1", autofocus=True)

    def _field(self, item: Input) -> Node:
        match item:
            case TextInput():
                return self._labelled(item, self._text(item))
            case ChoiceInput() if not item.several:
                return self._labelled(item, self._select(item))
            case ChoiceInput():
                boxes = [(choice.value, self._say(choice.label)) for choice in item.choices]
                return self._group(item, "checkbox", boxes)
            case RatingInput():
                marks = [
                    (str(number), self._say(t("{number}: {anchor}", number=number, anchor=anchor)))
                    for number, anchor in enumerate(item.anchors, item.lowest)
                ]
                return self._group(item, "radio", marks)
            case MemberInput():
                raise TypeError("no PageForm holds a MemberInput")

    def _text(self, item: TextInput) -> Node:
        typed = text_of(self._shown.typed, item.name) if self._sent else item.value
        if item.multiline:
            return h("textarea", typed, rows=min(12, max(4, len(typed) // 70 + 2)), **self._common(item))
        return h("input", type="text", value=typed, **self._common(item))

    def _select(self, item: ChoiceInput) -> Node:
        chosen = self._chosen(item)
        none = [h("option", self._say(t("Choose one")), value="")] if not item.required or not chosen else []
        options = [
            h("option", self._say(choice.label), value=choice.value, selected=choice.value in chosen)
            for choice in item.choices
        ]
        return h("select", none, options, **self._common(item))

    def _labelled(self, item: Input, box: Node) -> Node:
        label = h("label", self._label(item), for_=input_id(self._name, item))
        return h("div", label, self._beside(item), box, class_=self._class(item))

    def _group(self, item: ChoiceInput | RatingInput, kind: str, marks: Sequence[tuple[str, str]]) -> Node:
        first, chosen = input_id(self._name, item), self._chosen(item)
        boxes = []
        for number, (value, label) in enumerate(marks):
            name = first if number == 0 else f"{first}-{number}"
            box = h("input", type=kind, id=name, name=INPUT + item.name, value=value, checked=value in chosen)
            boxes.append(h("div", box, h("label", label, for_=name), class_="mark"))
        described = self._described(item)
        legend = h("legend", self._label(item))
        return h("fieldset", legend, self._beside(item), boxes, class_=self._class(item), aria_describedby=described)

    def _chosen(self, item: ChoiceInput | RatingInput) -> tuple[str, ...]:
        if self._sent:
            return tuple(self._shown.typed.get(item.name, ()))
        if isinstance(item, ChoiceInput):
            return item.value
        return () if item.value is None else (str(item.value),)

    def _label(self, item: Input) -> str:
        label = self._say(item.label)
        return label if item.required else self._say(t("{label} (optional)", label=label))

    def _beside(self, item: Input) -> list[Child]:
        name = input_id(self._name, item)
        beside: list[Child] = [h("p", self._say(item.hint), id=f"{name}-hint", class_="hint")] if item.hint else []
        if item.name in self._problems:
            beside.append(h("p", self._say(self._problems[item.name]), id=f"{name}-problem", class_="problem"))
        return beside

    def _common(self, item: Input) -> dict[str, str | bool | None]:
        return {
            "id": input_id(self._name, item),
            "name": INPUT + item.name,
            "required": item.required,
            "aria_describedby": self._described(item),
            "aria_invalid": "true" if item.name in self._problems else None,
        }

    def _described(self, item: Input) -> str | None:
        name = input_id(self._name, item)
        ids = [f"{name}-hint"] if item.hint else []
        if item.name in self._problems:
            ids.append(f"{name}-problem")
        return " ".join(ids) or None

    def _class(self, item: Input) -> str:
        return "field wrong" if item.name in self._problems else "field"


def hidden(name: str, value: str) -> Node:
    """A field that nobody sees."""
    return h("input", type="hidden", name=name, value=value)
