"""Replays the labelled thread replies as the collecting service sees them: each judged in what it stands in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from bot.answers.chatter import Judgement, Standing, judge

REPLIES = Path(__file__).parents[2] / "data" / "replies.jsonl"
QUIET_SECONDS = 180
Split = Literal["development", "held_out"]


@dataclass(frozen=True, slots=True)
class Reply:
    """One labelled reply of `tests/data/replies.jsonl`."""

    id: str
    split: Split
    thread: int
    kind: str
    question: str
    seconds: int
    author: str
    text: str
    label: Literal["answer", "chatter"]
    of_several_parts: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A reply and what became of it."""

    reply: Reply
    judgement: Judgement
    taken_up: bool
    """It was unsure at first and became a part when its author went on within the quiet time."""


def labelled_replies() -> list[Reply]:
    """Every labelled reply, in the order of threads and time."""
    return [Reply(**json.loads(line)) for line in REPLIES.read_text(encoding="utf-8").splitlines()]


def replay(replies: Iterable[Reply], quiet_seconds: int = QUIET_SECONDS) -> Iterator[Judged]:
    """Judge each thread from its first reply to its last."""
    for _, thread in groupby(replies, key=lambda reply: reply.thread):
        yield from _replay_thread(list(thread), quiet_seconds)


def _replay_thread(thread: list[Reply], quiet_seconds: int) -> list[Judged]:
    judged: list[Judged] = []
    for reply in thread:
        recent = [
            index
            for index, earlier in enumerate(judged)
            if earlier.reply.author == reply.author and reply.seconds - earlier.reply.seconds < quiet_seconds
        ]
        standing = Standing(
            kind=reply.kind,
            goes_on=any(judged[i].judgement.verdict == "answer" or judged[i].taken_up for i in recent),
            pending=any(_may_be_taken_up(judged[i].judgement) for i in recent),
            others_since=bool(recent) and any(j.reply.author != reply.author for j in judged[recent[-1] :]),
            names=frozenset(earlier.reply.author for earlier in judged if earlier.reply.author != reply.author),
        )
        judgement = judge(reply.text, standing)
        if judgement.verdict == "answer":
            for i in recent:
                if _may_be_taken_up(judged[i].judgement):
                    judged[i] = Judged(judged[i].reply, judged[i].judgement, taken_up=True)
        judged.append(Judged(reply, judgement, taken_up=False))
    return judged


def _may_be_taken_up(judgement: Judgement) -> bool:
    return judgement.verdict == "unsure" and judgement.reason != "after_others"
