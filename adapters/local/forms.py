"""The form that stands open before a person: at most one, kept by the workspace until it is sent or closed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from adapters.local.cards import Payload
from adapters.local.store import Store
from bot.base.text import Text, render, t
from bot.chat.refs import ConversationRef

Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class OpenedForm:
    """An open form: its payload, what was entered so far, and the sentences shown beside inputs."""

    form: Payload
    entered: Values
    problems: Mapping[str, str]
    waits: bool
    """It was sent, and the bot has not answered yet."""
    channel: str
    thread: str | None

    @property
    def title(self) -> str:
        """Its heading."""
        return str(self.form["title"])

    @property
    def values(self) -> Values:
        """What stands in its inputs now."""
        opened_with = {each["name"]: tuple(each["value"]) for each in self.form["inputs"]}
        return {**opened_with, **self.entered}


class Forms:
    """The open forms of one workspace. Changes need a transaction of the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def open_for(self, person: str) -> OpenedForm | None:
        """The form that stands open before this person."""
        row = self._store.row("SELECT * FROM forms WHERE person = ?", person)
        if row is None:
            return None
        entered = {name: tuple(values) for name, values in json.loads(row["entered"]).items()}
        problems = json.loads(row["problems"])
        return OpenedForm(json.loads(row["form"]), entered, problems, bool(row["waits"]), row["channel"], row["thread"])

    def show(self, person: str, form: Payload, conversation: ConversationRef | None) -> None:
        """Open a form, in place of one that stands open."""
        channel, thread = (conversation.channel, conversation.thread) if conversation else ("", None)
        self._store.write(
            "INSERT OR REPLACE INTO forms (person, channel, thread, form) VALUES (?, ?, ?, ?)",
            *(person, channel, thread, json.dumps(form)),
        )
        self._store.changed("form", person=person)

    def sent(self, person: str, values: Values) -> None:
        """The person sent the form; it waits for the bot's answer."""
        self._store.write(
            "UPDATE forms SET waits = 1, problems = '{}', entered = ? WHERE person = ?",
            json.dumps(dict(values)),
            person,
        )
        self._store.changed("form", person=person)

    def object(self, person: str, problems: Mapping[str, str], values: Values | None = None) -> None:
        """Keep the form open with what was entered, and show these sentences in it."""
        if values is not None:
            self._store.write("UPDATE forms SET entered = ? WHERE person = ?", json.dumps(dict(values)), person)
        self._store.write(
            "UPDATE forms SET waits = 0, problems = ? WHERE person = ?", json.dumps(dict(problems)), person
        )
        self._store.changed("form", person=person)

    def close(self, person: str) -> None:
        """Close the form that stands open, if one does."""
        self._store.write("DELETE FROM forms WHERE person = ?", person)
        self._store.changed("form", person=person)


def problems_in(form: Payload, values: Values, people: frozenset[str], language: str) -> dict[str, str]:
    """What the workspace itself finds wrong before it tells the bot, a sentence by input name."""
    found = ((each["name"], _problem(each, values.get(each["name"], ()), people)) for each in form["inputs"])
    return {name: render(problem, language) for name, problem in found if problem is not None}


def _problem(each: Payload, entered: tuple[str, ...], people: frozenset[str]) -> Text | None:
    if each["required"] and not any(value.strip() for value in entered):
        return t("Please fill this in.")
    if each["kind"] == "text":
        if any(len(value) > each["longest"] for value in entered):
            return t("At most {longest} characters fit here.", longest=each["longest"])
        return None
    allowed = people if each["kind"] == "member" else {choice["value"] for choice in each["choices"]}
    if not set(entered) - {""} <= allowed or (len(entered) > 1 and not each.get("several")):
        return t("Please choose from the list.")
    return None
