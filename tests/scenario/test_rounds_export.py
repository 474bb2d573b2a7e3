"""A round taken out: it recomputes to what was shown, and leads back to nobody."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from bot.cli.rounds import export_to
from bot.review.results import Scored, result_of
from tests.scenario.answers_scene import ACTION, RESULT, SITUATION
from tests.scenario.data_scene import files_of
from tests.scenario.reviewing_scene import Reviewing
from tests.scenario.rounds_scene import names, rounds


async def test_an_export_recomputes_to_the_shown_values_and_holds_no_name_comment_or_private_text(
    tmp_path: Path,
) -> None:
    async with rounds(5) as r:
        await r.answered(*names(4))
        await r.answer_privately("eva", situation=SITUATION, action=ACTION, result=f"{RESULT} Only reviewers know.")
        await r.click("eva", "My answer")
        await r.choose("eva", "Change who may see it", "reviewers")
        await r.hands_out()
        v = Reviewing(r)
        await v.everybody_writes(*names(5))
        await v.closes()
        url = r.s.database.url.render_as_string(hide_password=False)
        assert await export_to(url, tmp_path) == 1
        (file,) = tmp_path.glob("*.json")
        text = file.read_text(encoding="utf-8")
        data = json.loads(text)
        for answer in data["answers"]:
            mine = [row for row in data["reviews"] if row["answer"] == answer["answer"] and row["state"] == "counted"]
            again = result_of([Scored(row["scores"], row["mentor"]) for row in mine], None)
            assert dict(again.means) == answer["means"]
            assert (again.mean, again.reviews, again.tier) == (answer["mean"], answer["reviews"], answer["tier"])
        assert "Only reviewers know." not in text
        assert [answer["text"] is None for answer in data["answers"]].count(True) == 1
        reviews = await r.reviews()
        members = {str(await r.s.member(getattr(r.s, name))) for name in names(5)}
        assert not [word for word in (*members, *(review.worked for review in reviews)) if word in text]
        (table,) = tmp_path.glob("*-reviews.csv")
        rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))
        assert len(rows) == len(data["reviews"]) == 10
        assert rows[0]["scores_action"] == "3"
        await r.s.ada.runs("round export")
        await r.s.drain()
        assert "Round 1 as tables" in r.seen("ada")
        handed = files_of(r, "ada")
        assert sorted(handed) == ["round-1-answers.csv", "round-1-reviews.csv", "round-1.json"]
        in_chat = json.loads(handed["round-1.json"])
        assert [answer["mean"] for answer in in_chat["answers"]] == [answer["mean"] for answer in data["answers"]]
        assert SITUATION not in handed["round-1.json"].decode()
        assert files_of(r, "ana") == {}
        await r.s.ana.runs("round export")
        await r.s.drain()
        assert "Round 1 as tables" not in r.seen("ana")
