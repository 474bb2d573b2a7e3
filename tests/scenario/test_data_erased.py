"""After an export and a deletion nothing of the person is left: no row of any table, no byte of the files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, select, text, update

from adapters.local.cast import Person
from bot.answers.declare import feature as answers
from bot.chat.events import MessagePosted
from bot.chat.refs import MessageRef
from bot.coach.config import CoachConfig
from bot.coach.declare import feature as coach
from bot.data.declare import feature as data
from bot.followups.declare import feature as followups
from bot.members.declare import feature as members
from bot.outbox.inbox import Arrival, receive
from bot.questions.declare import feature as questions
from bot.review.declare import feature as review
from bot.stories.declare import feature as stories
from storage.tables.erasure import Erasure
from storage.tables.review import Entry, Exclusion, Review, ReviewEdition, ReviewerWish
from tests.scenario.answers_scene import ACTION, CHANNEL, QUESTION, RESULT, SITUATION, AnswersScene, post_question
from tests.scenario.coach_scene import ToldModel
from tests.scenario.dsl import scene
from tests.scenario.rounds_scene import names, rounds

ANA = Person("u7zqana", "Anaqzx Wvmarker")
PEOPLE = (ANA, Person("u7zqben", "Ben"), Person("ana", "Another"), Person("u7zqada", "Ada", is_admin=True))
KINDS = (
    "answer", "private", "revised", "deleted", "aside", "dispute", "followup", "closing", "suggestion", "direct",
    "story", "deed", "lesson", "coached",
)  # fmt: skip


def planted(kind: str) -> str:
    """A word that nothing else contains."""
    return f"zqv{kind}kx"


@asynccontextmanager
async def whole_house(database_url: str | None = None) -> AsyncIterator[AnswersScene]:
    """Every room, a coach that answers, and today's question."""
    model = ToldModel()
    config = CoachConfig(api_key="k", base_url="https://llm.example")
    rooms = (questions(), answers(), followups(), review(), stories(), coach(config, model), data(), members())
    async with scene(features=rooms, people=PEOPLE, database_url=database_url) as s:
        await s.drain()
        yield await post_question(s, QUESTION)


def ana_of(q: AnswersScene) -> Any:
    return getattr(q.s, ANA.id)


async def leaves_traces(q: AnswersScene) -> None:
    """Ana does all that a person can do, with a planted word in each text."""
    s, ana = q.s, ana_of(q)

    async def press(*labels: str) -> None:
        for label in labels:
            await ana.clicks(label)
            await s.drain()

    said = await q.answer(ANA.id, f"{SITUATION} {ACTION} {planted('answer')}", f"{RESULT} {planted('deleted')}")
    await q.delete(ANA.id, said[1])
    await q.quiet()
    coached = f"We called the project {planted('coached')}, and it was late."
    await q.edit(ANA.id, said[0], f"{coached} {SITUATION} {ACTION} {RESULT} {planted('revised')}")
    await q.quiet()
    await press("I disagree")
    await ana.submits(rating="4", comment=planted("dispute"))
    await s.drain()
    await press("Practise a follow-up")
    await ana.submits(kind="differently", reply=f"I would run both side by side first. {planted('followup')}")
    await s.drain()
    await press("Ask the coach", "I agree")
    await q.answer_privately(ANA.id, situation=f"{SITUATION} {planted('private')}", action=ACTION, result=RESULT)
    await press("My answer", "Share it to the thread", "Post it under my name")
    await q.answer(ANA.id, f"I once deleted the wrong index in production {planted('aside')}.")
    await ana.runs("closing check", CHANNEL)
    await s.drain()
    await ana.submits(questions=f"What is the hardest problem of {planted('closing')}?")
    await s.drain()
    await ana.runs("question suggest", CHANNEL)
    await s.drain()
    await ana.submits(text=f"Tell me about a time you met {planted('suggestion')}.")
    await s.drain()
    await another_process_holds(q, f"I was once on call when the mail stopped {planted('direct')}.")
    await ana.runs("story add")
    await s.drain()
    await ana.submits(
        title=f"The printer {planted('story')}",
        situation=SITUATION, action=f"{ACTION} {planted('deed')}", result=RESULT, learning=planted("lesson"),
    )  # fmt: skip
    await s.drain()
    await ana.runs(f"story find {planted('story')}")
    await s.drain()
    await ana.runs("preferences", CHANNEL)
    await s.drain()
    await ana.submits(level="L5")
    await s.drain()
    await ana.runs("closing check", CHANNEL)
    await s.drain()


async def another_process_holds(q: AnswersScene, said: str) -> None:
    """A direct message of Ana's that a process which is gone has taken up and not handled."""
    event = MessagePosted(
        delivery_id="held elsewhere",
        installation=q.s.workspace.installation,
        occurred_at=q.s.clock.now(),
        actor=q.s.workspace.account(ANA.id),
        message=MessageRef(q.s.workspace.direct(ANA.id), "1000"),
        text=said,
        direct=True,
    )
    held_until = q.s.clock.now() + timedelta(days=1)
    async with q.s.database.write_everywhere() as session:
        await receive(session, [Arrival(event, held_until)], now=q.s.clock.now())


async def deletes_everything(q: AnswersScene) -> None:
    """Ana reads what goes, and confirms."""
    s, ana = q.s, ana_of(q)
    await ana.runs("data delete", CHANNEL)
    await s.drain()
    await ana.clicks("Delete everything about me")
    await s.drain()
    await ana.submits(word="delete")
    await s.drain()


async def until_ended(q: AnswersScene) -> None:
    """Let the removals and the end come."""
    for _ in range(4):
        await q.s.clock_moves(seconds=10)


async def rows_with(q: AnswersScene, marks: list[str]) -> list[str]:
    """Where any of these stands in any table of the database, as the database knows its tables."""
    async with q.s.database.read_everywhere() as session:

        def look(sync: Any) -> list[str]:
            connection = sync.connection()
            metadata = MetaData()
            metadata.reflect(connection)
            hits = []
            for table in metadata.tables.values():
                for row in connection.execute(text(f'SELECT * FROM "{table.name}"')):
                    words = " ".join(str(value) for value in row)
                    hits += [f"{table.name}: {mark} in {words[:300]}" for mark in marks if mark in words]
            return hits

        return await session.run_sync(look)


def bytes_with(folder: Path, marks: list[str]) -> set[str]:
    """Which of these stands in which file, whatever the database thinks of the place."""
    files = [(file.name, file.read_bytes()) for file in folder.iterdir()]
    return {f"{mark} in {name}" for name, held in files for mark in marks if mark.encode() in held}


async def marks_of(q: AnswersScene) -> list[str]:
    """By what Ana would be known: ids, name, and the planted words."""
    member = await q.s.member(ana_of(q))
    return [member, ANA.id, ANA.name, *(planted(kind) for kind in KINDS)]


async def test_after_a_deletion_no_row_no_byte_and_no_message_of_ours_holds_the_person(database_url: str) -> None:
    async with whole_house(database_url) as q:
        await leaves_traces(q)
        marks = await marks_of(q)
        before = await rows_with(q, marks)
        in_rows = set(KINDS) - {"deleted"}
        assert {kind for kind in KINDS if any(planted(kind) in row for row in before)} >= in_rows
        assert any(row.startswith(f"coach_result: {planted('coached')}") for row in before), "the coach quotes her"
        folder = Path(q.s.database.url.database or "").parent if q.s.database.is_sqlite else None
        if folder is not None:
            held = bytes_with(folder, marks)
            assert {kind for kind in KINDS if any(found.startswith(planted(kind)) for found in held)} == set(KINDS)
        assert planted("private") in q.thread()
        await deletes_everything(q)
        await until_ended(q)
        assert await rows_with(q, marks) == []
        assert folder is None or bytes_with(folder, marks) == set()
        await only_a_receipt_stays(q)


async def only_a_receipt_stays(q: AnswersScene) -> None:
    """Messages of ours that quote the person are gone; the person has the number of the receipt that is kept."""
    assert f"Starling: {planted('private')}" not in q.thread()
    assert "Answer of" not in q.thread()
    alone = q.s.private(ana_of(q))
    assert "Receipt: your data are deleted" in alone
    assert "Feedback on your answer" not in q.s.channel("@starling", seen_by=ana_of(q))
    (receipt,) = await q.rows(Erasure)
    assert receipt.ended_at is not None
    assert receipt.counts["answers"] > 0
    assert receipt.number in alone


async def test_of_a_reviewer_only_scores_stay_and_of_an_author_nothing(database_url: str) -> None:
    async with rounds(7, database_url=database_url) as r:
        await r.answered(*names(7))
        await r.hands_out()
        await r.reviews_all(*names(7))
        ana, ben = await r.s.member(r.s.ana), await r.s.member(r.s.ben)
        async with r.context() as context:
            for review in (await context.session.scalars(select(Review).where(Review.reviewer_id == ana))).all():
                review.worked, review.change, review.follow_up = planted("worked"), planted("change"), planted("asked")
                edition = ReviewEdition(
                    review_id=review.id, number=1, said={"worked": planted("edition")}, at=context.now
                )
                context.session.add(edition)
            context.session.add(Exclusion(asked_by=ana, other_id=ben, at=context.now))
            context.session.add(ReviewerWish(member_id=ana, most=2))
            await context.session.execute(update(Entry).where(Entry.author_id == ana).values(text=planted("entry")))
        given = len(await r.reviews("ana"))
        everybodys = len(await r.reviews())
        marks = [ana, *(planted(kind) for kind in ("worked", "change", "asked", "edition", "entry"))]
        assert {mark for mark in marks if any(mark in row for row in await rows_with(r, marks))} == set(marks)
        await r.s.ana.runs("data delete", CHANNEL)
        await r.s.drain()
        await r.click("ana", "Delete everything about me")
        await r.s.ana.submits(word="delete")
        await r.s.drain()
        await until_ended(r)
        assert await rows_with(r, marks) == []
        nameless = [review for review in await r.reviews() if review.reviewer_id is None]
        assert len(nameless) == given
        assert all(review.scores and not review.worked for review in nameless)
        assert len(await r.reviews()) < everybodys, "reviews of her own answer went with it"
