"""A disagreement that somebody filed becomes a case by which the engine is measured."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from bot.answers.disputes import export_disputes
from bot.cli.app import app
from bot.cli.measuring import scored
from tests.scenario.answers_scene import ACTION, RESULT, SITUATION, question_posted


async def test_filed_disagreements_are_read_by_the_evaluation_as_they_are_printed(tmp_path: Path) -> None:
    async with question_posted() as q:
        await q.answer_privately("ana", situation=SITUATION, action=ACTION, result=RESULT)
        await q.click("ana", "I disagree")
        await q.s.ana.submits(rating="5", missed=["hero"], consent=["agreed"])
        await q.s.drain()
        async with q.s.database.read(await q.s.workspace_id()) as session:
            (case,) = await export_disputes(session)
    file = tmp_path / "disputes.jsonl"
    file.write_text(json.dumps(case, ensure_ascii=False) + "\n", encoding="utf-8")

    (said,), found = scored(file)

    assert said["id"] == case["id"]
    assert found.values["rating_mae"] == abs(5 - said["rating"])
    assert ("hero", "-") in [(miss.expected, miss.said) for miss in found.misses if miss.measure == "flag"]
    assert {"level_exact", "segment_macro_f1"}.isdisjoint(found.measured)
    output = CliRunner().invoke(app, ["eval", "scoring", str(file)]).output
    assert "Labels that the engine set itself are not measured: level, segments, points." in output
