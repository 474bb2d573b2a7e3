"""Basic facts an interviewer asks for: who used it, what it cost, who worked on it, how long it took (S3.7).

A fact counts from the story or from the reply, and “about X” is enough.
"""

from __future__ import annotations

from bot.base.text import Text, t, tn
from bot.scoring.doc import Quantity, Sentence
from bot.scoring.followups.reading import Heard
from bot.scoring.followups.report import Part, Verdict
from bot.scoring.report import Evidence

USERS = frozenset({
    "accounts", "agents", "buyers", "callers", "clients", "clinics", "companies", "customers", "doctors", "downloads",
    "drivers", "hospitals", "households", "installations", "members", "merchants", "nurses", "offices", "orders",
    "passengers", "patients", "players", "readers", "requests", "riders", "schools", "sellers", "shops", "stores",
    "students", "subscribers", "teachers", "teams", "tenants", "users", "viewers", "visitors",
})  # fmt: skip
CREW = frozenset({
    "analyst", "analysts", "colleague", "colleagues", "contractors", "designer", "designers", "developer",
    "developers", "devs", "engineer", "engineers", "member", "members", "others", "people", "scientists", "testers",
})  # fmt: skip
SPENDING = frozenset({"budget", "cost", "costs", "costing", "paid", "price", "spend", "spent"})
REACH = 4
"""Words after a number within which it is said of what it is."""
LARGEST_TEAM = 60
NAMES: dict[str, Text] = {
    "users": t("How many used it"),
    "cost": t("What it cost"),
    "team": t("How many worked on it"),
    "duration": t("How long it took"),
}


def judge(story: Heard, reply: Heard) -> tuple[Verdict, Text, tuple[Part, ...], tuple[str, ...], Text]:
    """Verdict, how it reads, the four facts, which of them stand in the story, and what to add."""
    parts: list[Part] = []
    in_story: list[str] = []
    for code, name in NAMES.items():
        told, replied = _find(story, code), _find(reply, code)
        if told is not None and replied is None:
            in_story.append(code)
        parts.append(Part(code, name, replied or told))
    missing = [part for part in parts if not part.found]
    if not missing:
        return "known", t("All four are there."), tuple(parts), tuple(in_story), t("“About” is enough, as you say it.")
    reading = tn("{count} of the 4 is missing.", "{count} of the 4 are missing.", len(missing))
    lift = t("Have a rough figure ready for this: {fact}. “About” is enough.", fact=missing[0].text)
    return "some_missing", reading, tuple(parts), tuple(in_story), lift


def _find(heard: Heard, code: str) -> Evidence | None:
    for sentence in heard.doc.sentences:
        if _tells(heard, sentence, code):
            return heard.doc.quote(sentence)
    return None


def _tells(heard: Heard, sentence: Sentence, code: str) -> bool:
    if code == "cost":
        paid = any(q.kind == "money" or _priced(sentence, q) for q in sentence.quantities)
        return paid or bool(heard.hits(sentence, "expense"))
    if code == "duration":
        return any(q.kind == "duration" for q in sentence.quantities) or bool(heard.hits(sentence, "lasted"))
    if code == "team":
        small = any(_crew(sentence, q) for q in sentence.quantities)
        return small or bool(heard.hits(sentence, "alone"))
    return any(_near(sentence, q, USERS) for q in sentence.quantities if q.kind not in {"date", "clock", "duration"})


def _near(sentence: Sentence, quantity: Quantity, words: frozenset[str]) -> bool:
    return bool(words & set(sentence.words[quantity.last : quantity.last + REACH]))


def _priced(sentence: Sentence, quantity: Quantity) -> bool:
    """`it cost 2k`: a number of no unit after a word of spending."""
    before = sentence.words[max(0, quantity.first - REACH) : quantity.first]
    return quantity.kind in {"count", "multiple"} and bool(SPENDING & set(before))


def _crew(sentence: Sentence, quantity: Quantity) -> bool:
    """`team of six`, `six engineers`, `six of us`; thousands of people are users."""
    if quantity.value is None or quantity.value > LARGEST_TEAM or quantity.kind in {"date", "clock", "share", "money"}:
        return False
    before = sentence.words[max(0, quantity.first - 3) : quantity.first]
    team = bool({"team", "group", "squad", "crew"} & set(before))
    return quantity.kind == "crew" or team or bool(CREW & set(sentence.words[quantity.last : quantity.last + 2]))
