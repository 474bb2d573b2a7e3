"""What is fixed when answers are handed out: which of them, their text with its hash, and their labels."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import count
from string import ascii_uppercase

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.answers.records import last_revision
from bot.feature.context import Context
from bot.review.steps import step_entry
from storage.tables.answers import Answer, AnswerState, GivenAs, Revision
from storage.tables.people import Member, MemberState
from storage.tables.review import Entry, EntryState, Round

LEAST_WORDS = 15
"""An answer with fewer is not handed out: there is nothing in it to review."""
FOR_REVIEWERS = ("reviewers", "channel")


def labels(taken: Collection[str] = ()) -> Iterator[str]:
    """A, B, … Z, AA, AB … without those that are taken. A card says "Answer A"."""
    for number in count(1):
        label, rest = "", number
        while rest:
            rest, digit = divmod(rest - 1, len(ascii_uppercase))
            label = ascii_uppercase[digit] + label
        if label not in taken:
            yield label


def hash_of(text: str) -> str:
    """What a frozen text is known by."""
    return sha256(text.encode()).hexdigest()


def may_be_reviewed(answer: Answer) -> bool:
    """Whether its author lets reviewers see it and no moderator has hidden it."""
    return (
        answer.state is not AnswerState.WITHDRAWN
        and answer.given_as is not GivenAs.TEXT
        and answer.visibility in FOR_REVIEWERS
        and answer.hidden_at is None
    )


async def freeze_all(context: Context, round: Round) -> Sequence[Entry]:
    """Lock the answers of a round, label them in an order drawn from its seed; those not handed out leave it.

    Of several answers of one author to one question the newest is taken.
    """
    session = context.session
    rows = await session.execute(
        select(Entry, Answer, Member.state)
        .join(Answer, Answer.id == Entry.answer_id)
        .join(Member, Member.id == Entry.author_id)
        .where(Entry.round_id == round.id, Entry.state == EntryState.REGISTERED)
        .order_by(Entry.registered_at.desc(), Entry.id.desc())
    )
    chosen: dict[tuple[str, str | None], tuple[Entry, Revision]] = {}
    left_out = []
    for entry, answer, state in rows.all():
        revision = await last_revision(session, answer.id)
        fits = revision is not None and long_enough(revision.text) and may_be_reviewed(answer)
        of = (entry.author_id, answer.slot_id)
        if revision is None or not fits or state is not MemberState.ACTIVE or of in chosen:
            left_out.append(entry.id)
        else:
            chosen[of] = (entry, revision)
    await session.execute(delete(Entry).where(Entry.id.in_(left_out)))
    drawn = sorted(chosen.values(), key=lambda one: one[0].id)
    random.Random(round.seed).shuffle(drawn)
    for (entry, revision), label in zip(drawn, labels(), strict=False):
        await _freeze(session, entry, revision, label)
    return [entry for entry, _ in drawn]


async def freeze_late(context: Context, round: Round, entry: Entry) -> bool:
    """Lock an answer that came after the others; False where there is nothing in it to review."""
    session = context.session
    revision = await last_revision(session, entry.answer_id)
    if revision is None or not long_enough(revision.text):
        return False
    taken = await session.scalars(select(Entry.label).where(Entry.round_id == round.id))
    label = next(labels({label for label in taken if label}))
    return await _freeze(session, entry, revision, label)


def long_enough(text: str) -> bool:
    """Whether there is enough in an answer to review."""
    return len(text.split()) >= LEAST_WORDS


async def _freeze(session: AsyncSession, entry: Entry, revision: Revision, label: str) -> bool:
    return await step_entry(
        session,
        entry,
        EntryState.LOCKED,
        label=label,
        revision_id=revision.id,
        question=revision.question,
        text=revision.text,
        text_hash=hash_of(revision.text),
    )


async def later_text(session: AsyncSession, entry: Entry) -> str | None:
    """What the answer says now, where its author changed it after it was handed out; the frozen text stays."""
    if entry.state is EntryState.WITHDRAWN or entry.text_hash is None:
        return None
    revision = await last_revision(session, entry.answer_id)
    return revision.text if revision is not None and hash_of(revision.text) != entry.text_hash else None


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """What was taken out and what was put in, sentence by sentence, each pair one place; either may be empty."""
    old, new = before.split(". "), after.split(". ")
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        (". ".join(old[first:last]), ". ".join(new[start:end]))
        for kind, first, last, start, end in steps
        if kind != "equal"
    ]
