"""Markup taken out: emphasis, bullets, headings, quotes, links, mentions, code blocks, emoji.

What has no words becomes blanks; what wraps words disappears; a picture ends a line, as it does in chat.
Bullets and headings leave the start of a line.
Every pattern has bounded repeats, so no text makes it slow.
"""

from __future__ import annotations

import re
import unicodedata

from bot.scoring.guard import MappedText

FENCE = re.compile(r"```")
LINK = re.compile(r"<https?://[^<>|\s]{1,1000}(?:\|([^<>|\n]{1,200}))?>")
MARKDOWN_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\([^()\s]{1,600}\)")
BARE_LINK = re.compile(r"\bhttps?://[^\s<>]{1,2000}")
MENTION = re.compile(r"<[@#!]([^<>|\s]{1,80})(?:\|[^<>|\n]{1,80})?>")
CUSTOM_EMOJI = re.compile(r"<a?:\w{1,40}:\d{1,25}>|(?<![\w:]):[a-z][a-z0-9_+\-]{1,38}:(?![\w:])")
LINE_START = re.compile(
    r"(?m)^[ ]{0,40}(?:(?:#{1,6}|>{1,3}|[-*•‣▪◦·–—+✅☑➡→]|\(?\d{1,2}[.)]|\(?[a-hA-H]\))[ ]{1,10}){1,3}"
)
LINE_BULLET_TIGHT = re.compile(r"(?m)^[ ]{0,40}[•‣▪◦·]")
EMPHASIS = re.compile(r"[*~`_]")
PICTURE = frozenset({"So", "Sk", "Mn", "Me"})


def clean(guarded: MappedText) -> MappedText:
    """The words of the text with the line structure kept, mapped to the text as posted."""
    chars = list(guarded.text)
    _blank_code(chars, guarded.text)
    text = "".join(chars)
    for pattern in (LINK, MARKDOWN_LINK, BARE_LINK, MENTION, CUSTOM_EMOJI):
        for match in pattern.finditer(text):
            shown = match.span(1) if pattern.groups and match.group(1) else (match.end(), match.end())
            for i in range(match.start(), match.end()):
                if not shown[0] <= i < shown[1]:
                    chars[i] = " "
        text = "".join(chars)
    if not text.isascii():
        pictures = {ord(c): "\n" for c in set(text) if c > "\x7f" and unicodedata.category(c) in PICTURE}
        text = text.translate(pictures)
        chars = list(text)
    for pattern in (LINE_START, LINE_BULLET_TIGHT):
        for match in pattern.finditer(text):
            chars[match.start() : match.end()] = " " * (match.end() - match.start())
        text = "".join(chars)
    return _without_emphasis(guarded.replaced(text))


def _blank_code(chars: list[str], text: str) -> None:
    """Blank what stands between two fences; an unclosed fence is only a mark."""
    fences = [m.start() for m in FENCE.finditer(text)]
    for opening, closing in zip(fences[::2], fences[1::2], strict=False):
        for i in range(opening, closing + 3):
            if chars[i] != "\n":
                chars[i] = " "


def _without_emphasis(mapped: MappedText) -> MappedText:
    text = mapped.text
    gone = [m.start() for m in EMPHASIS.finditer(text) if not _stays(text, m.start())]
    if not gone:
        return mapped
    wanted = [True] * len(text)
    for i in gone:
        wanted[i] = False
    return mapped.keep(wanted)


def _stays(text: str, i: int) -> bool:
    """`~5` is about five and `snake_case` is a name; other such marks are emphasis."""
    if text[i] == "~":
        return text[i + 1 : i + 2].isdigit()
    return text[i] == "_" and text[i - 1 : i].isalnum() and text[i + 1 : i + 2].isalnum()
