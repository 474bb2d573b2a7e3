"""Whole documents: a page as its room built it, and the few that belong to the server itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from adapters.web.elements import Drawing
from adapters.web.forms import DRAWN, TOKEN, hidden
from adapters.web.html import Child, Node, document, h
from bot.base.text import Text, render, spoken, t
from bot.chat.page_port import Invitation, Shown
from bot.chat.pages import PageForm
from bot.chat.values import Values

STYLE_PATH, LEAVE_PATH = "/style.css", "/leave"
AGAIN = t("Go back to the chat and press the button there: it gives you a new link.")


def page_document(shown: Shown, path: str, token: str, drawn: str) -> str:
    """A page with its sections, or the sentence that stands in its place.

    Its forms carry the `token` of the session, and `drawn`, which names this drawing of the page and no other.
    """
    drawing = Drawing(shown, path, {TOKEN: token, DRAWN: drawn})
    page, say = shown.page, drawing.say
    body: list[Child] = []
    if shown.notice:
        lines = (h("p", line) for line in shown.notice)
        body.append(
            h("div", h("h2", say(t("Done"))), lines, class_="notice", role="status", tabindex="-1", autofocus=True)
        )
    if shown.refusal is not None:
        refusal = h("p", say(shown.refusal))
        body.append(h("div", refusal, class_="problems", role="alert", tabindex="-1", autofocus=True))
    title = say(page.title) if page is not None else say(t("There is no such page for you"))
    if page is None:
        body.append(h("p", say(t("What it was about may be gone, or be for others only.")) + " " + say(AGAIN)))
    else:
        if page.lead:
            body.append(h("p", say(page.lead), class_="lead"))
        body += [drawing.section(section) for section in page.sections]
        body += _unshown(shown)
    shown_title = say(t("Look again: {title}", title=title)) if shown.problems else title
    return _document(title, body, shown.language, _signed_in(shown.name, token, shown.language), in_tab=shown_title)


def invitation_document(invitation: Invitation, path: str, token: str) -> str:
    """What a link shows: one button, so that nothing is used up by programs that look at links."""
    language = invitation.language
    lines = (
        h("p", _say(t("This opens a page of Starling for {name} in this browser.", name=invitation.name), language)),
        h("p", _say(t("The link works once. If you are somebody else, close this window."), language), class_="quiet"),
    )
    button = h("button", _say(t("Open the page"), language), type="submit")
    form = h("form", hidden(TOKEN, token), button, method="post", action=path, class_="plain")
    return _document(_say(invitation.label, language), [*lines, form], language)


def closed_document(language: str, token: str | None, typed: Values | None = None) -> str:
    """The one answer to every link and session that does not work; what was typed is there to be copied.

    With the `token` of a session in this browser it offers to sign out.
    """
    body: list[Child] = []
    if typed:
        body.append(h("p", _say(t("Nothing was saved. Copy what you wrote, so that it is not lost:"), language)))
        body += _kept(typed, language)
    body.append(
        h(
            "p",
            _say(t("A link works once, within ten minutes, for whoever asked for it."), language),
            " ",
            _say(t("A page that was left alone for an hour is closed."), language),
        )
    )
    body.append(h("p", _say(AGAIN, language)))
    if token is not None:
        body += [
            h("p", _say(t("If somebody else has used this browser, sign them out first."), language)),
            _leave_form(token, language),
        ]
    return _document(_say(t("This page is closed"), language), body, language)


def plain_document(title: Text, sentences: Sequence[Text], language: str, typed: Values | None = None) -> str:
    """A title and sentences, below them what was typed and not taken in."""
    body: list[Child] = [h("p", _say(sentence, language)) for sentence in sentences]
    return _document(_say(title, language), [*body, *_kept(typed or {}, language)], language)


def _unshown(shown: Shown) -> list[Child]:
    """What was typed into a form that does not stand on the page any more."""
    assert shown.page is not None
    if not shown.typed or shown.refusal is None:
        return []
    there = (e.form.action.encode() for s in shown.page.sections for e in s.elements if isinstance(e, PageForm))
    return [] if shown.action in there else _kept(shown.typed, shown.language)


def _kept(typed: Values, language: str) -> list[Child]:
    texts = ["".join(values) for values in typed.values() if "".join(values).strip()]
    label = _say(t("What you wrote"), language)
    return [h("textarea", text, readonly=True, rows=6, aria_label=label) for text in texts]


def _signed_in(name: str, token: str, language: str) -> Node:
    said = h("span", _say(t("Signed in as {name}", name=name), language))
    return h("div", said, _leave_form(token, language), class_="reader")


def _leave_form(token: str, language: str) -> Node:
    button = h("button", _say(t("Sign out"), language), type="submit", class_="quiet")
    return h("form", hidden(TOKEN, token), button, method="post", action=LEAVE_PATH, class_="plain")


def _document(title: str, body: Iterable[Child], language: str, reader: Node | None = None, *, in_tab: str = "") -> str:
    head = h(
        "head",
        h("meta", charset="utf-8"),
        h("meta", name="viewport", content="width=device-width, initial-scale=1"),
        h("meta", name="robots", content="noindex, nofollow"),
        h("meta", name="color-scheme", content="light dark"),
        h("title", f"{in_tab or title} · Starling"),
        h("link", rel="stylesheet", href=STYLE_PATH),
    )
    skip = h("a", _say(t("Skip to the content"), language), href="#content", class_="skip")
    banner = h("header", h("p", "Starling", class_="brand"), reader)
    main = h("main", h("h1", title), body, id="content", tabindex="-1")
    return document(h("html", head, h("body", skip, banner, main), lang=spoken(language)))


def _say(words: Text | str, language: str) -> str:
    return render(words, language)
