"""The parts of a story, and how a text that was pasted as one becomes them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.base.text import Text, t
from bot.scoring import Answer, Report, score
from bot.scoring.rubric import Rules

PARTS = ("situation", "task", "action", "result", "learning", "tie_in")
LABELS: Mapping[str, Text] = {
    "title": t("Title"),
    "situation": t("Situation"),
    "task": t("Task"),
    "action": t("Action"),
    "result": t("Result"),
    "learning": t("Lesson"),
    "tie_in": t("Tie-in"),
}
PART_OF_LABEL = {"S": "situation", "T": "task", "A": "action", "R": "result", "L": "learning"}
LONGEST_PART = 3000
LONGEST_TITLE = 120
TITLE_WORDS = 9
MENTION = re.compile(r"<(?:[@#!][^<>\s]*|[@#&!]+\d+)(?:\|[^<>]*)?>")
LINK = re.compile(r"<(https?://[^|<>\s]+)(?:\|([^<>]*))?>")
BULLET = re.compile(r"^[ \t]*(?:[-*•‣▪+]|\d{1,2}[.)])[ \t]+", re.MULTILINE)
MARKUP = re.compile(r"(?<!\w)[*_~`]{1,3}(?=\S)|(?<=\S)[*_~`]{1,3}(?!\w)|^[ \t]*(?:#{1,6}|>)[ \t]*", re.MULTILINE)
HEADING = re.compile(
    r"^[ \t]*(situation|task|actions?|results?|lessons?|learnings?|tie[- ]in)[ \t]*[:.\-–][ \t]*", re.I | re.M
)
PART_OF_HEADING = {"action": "action", "result": "result", "lesson": "learning", "learning": "learning"}
FIGURE = re.compile(
    r"(?:[$€£]\s?)?\b\d[\d.,]*\d?\s?(?:%|percent\b|ms\b|milliseconds\b|seconds\b|minutes\b|hours\b|days\b|weeks\b|months\b"
    r"|million\b|billion\b|euros?\b|dollars?\b|customers\b|users\b|people\b|requests\b|points\b)?",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a story is to say. `parts` are texts by the names in `PARTS`."""

    title: str
    parts: Mapping[str, str]
    project: str = ""
    tags: tuple[str, ...] = ()
    archetypes: tuple[str, ...] = field(default=())
    left_out: tuple[str, ...] = ()
    """The parts whose end did not fit."""

    @property
    def text(self) -> str:
        """All parts one after the other, as the story is told in full."""
        return "\n\n".join(self.parts[name] for name in PARTS if self.parts.get(name))


def clean(text: str) -> str:
    """What somebody pasted as plain words: no markup, no bullets, nobody mentioned."""
    plain = LINK.sub(lambda link: link[2] or link[1], MENTION.sub("", text.replace("\r\n", "\n")))
    plain = MARKUP.sub("", BULLET.sub("", plain))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]{2,}", " ", plain)).strip()


def draft_of(text: str, rules: Rules, question: str = "") -> Draft:
    """A story from one text: by its headings where it has them, else by what the rules take each sentence for."""
    plain = clean(text)
    parts = _by_headings(plain) or parts_by_label(plain, score(Answer(plain, question=question), rules))
    return replace(fitting(parts), title=title_of(plain))


def fitting(parts: Mapping[str, str]) -> Draft:
    """These parts without a title, none longer than a part can be; a cut stands between words."""
    cut = {name: text for name, text in parts.items() if len(text) > LONGEST_PART}
    return Draft(
        "",
        {name: text[:LONGEST_PART].rsplit(" ", 1)[0] if name in cut else text for name, text in parts.items()},
        left_out=tuple(name for name in PARTS if name in cut),
    )


def parts_by_label(text: str, report: Report) -> dict[str, str]:
    """The sentences of a scored text, gathered by the parts they belong to; nothing of the text is left out."""
    gathered: dict[str, list[str]] = {}
    name, at = "situation", 0
    for segment in report.segments:
        name = PART_OF_LABEL.get(segment.label, name)
        gathered.setdefault(name, []).append(text[at : segment.end].strip())
        at = segment.end
    rest = text[at:].strip()
    if rest:
        gathered.setdefault(name, []).append(rest)
    return {name: " ".join(" ".join(words).split()) for name, words in gathered.items()}


def title_of(text: str) -> str:
    """The first words of a text, for a title that can be changed."""
    words = text.split()
    beginning = " ".join(words[:TITLE_WORDS])[:LONGEST_TITLE].rstrip(" .,;:")
    return beginning + (" …" if len(words) > TITLE_WORDS else "")


def figures_in(text: str) -> list[str]:
    """The figures of a story as it says them, each once; bare small numbers and years are none."""
    found = (match[0].strip(" .,") for match in FIGURE.finditer(text))
    return list(dict.fromkeys(figure for figure in found if _says_something(figure)))[:12]


def words_in(text: str) -> int:
    """How many words a telling has."""
    return len(text.split())


def tags_of(text: str) -> tuple[str, ...]:
    """Tags as they are typed, parted by commas."""
    return tuple(dict.fromkeys(tag.strip().lower()[:40] for tag in clean(text).split(",") if tag.strip()))[:12]


def _says_something(figure: str) -> bool:
    bare = figure.replace(",", "").replace(".", "")
    return not bare.isdigit() or (len(bare) > 2 and not (len(bare) == 4 and bare[:2] in ("19", "20")))


def _by_headings(text: str) -> dict[str, str]:
    marks = list(HEADING.finditer(text))
    if len(marks) < 2:
        return {}
    parts: dict[str, str] = {}
    before = text[: marks[0].start()].strip()
    for mark, following in zip(marks, [*(m.start() for m in marks[1:]), len(text)], strict=True):
        name = mark[1].lower().replace("-", "_").replace(" ", "_")
        name = PART_OF_HEADING.get(name.rstrip("s"), name)
        parts[name] = " ".join((parts.get(name, "") + " " + text[mark.end() : following]).split())
    if before:
        parts["situation"] = f"{before} {parts.get('situation', '')}".strip()
    return {name: words for name, words in parts.items() if words}


def all_of(values: Sequence[str]) -> str:
    """The text of an input of a form, without blanks around it."""
    return "".join(values).strip()
