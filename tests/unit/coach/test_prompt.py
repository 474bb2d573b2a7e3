"""The request: typed words stand in one block that no text can end, and the same material gives the same bytes."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coach.config import CoachConfig
from bot.coach.prompt import Material, content_hash, data_block, most_input_tokens, request_body
from tests.wire.llm.replies import BLOCK

CONFIG = CoachConfig()
MATERIAL = Material("What did you do?", ("Says why",), "I stopped the job.", "behavioral", ("no_metric",), "L5")
HOSTILE = st.text(alphabet=st.sampled_from('</>data-0f\n\r\u2028\u2029\x85"\\{}&u003c '), max_size=80) | st.text(
    max_size=80
)


@settings(max_examples=300, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_text_ends_the_block_it_stands_in(question: str, point: str, answer: str) -> None:
    block = data_block(Material(question, (point,), answer, "behavioral"))
    framed = BLOCK.fullmatch(block)
    assert framed is not None
    assert len(block.splitlines()) == 3
    assert not set("<>&") & set(framed.group(2))
    assert json.loads(framed.group(2)) == {"question": question, "key_points": [point], "answer": answer}


def test_a_text_that_knows_the_name_of_its_block_is_in_another_block() -> None:
    first = data_block(MATERIAL)
    again = data_block(replace(MATERIAL, answer=MATERIAL.answer + first))
    assert again.splitlines()[0] != first.splitlines()[0]


def test_the_same_material_gives_the_same_bytes_and_any_other_another_hash() -> None:
    body = request_body(CONFIG, MATERIAL)
    assert json.dumps(body) == json.dumps(request_body(CONFIG, MATERIAL))
    hashes = {
        content_hash(config, request_body(config, material))
        for config in (CONFIG, CoachConfig(model="other"), CoachConfig(base_url="https://other.example"))
        for material in (MATERIAL, replace(MATERIAL, answer="I stopped it."), replace(MATERIAL, findings=()))
    }
    assert len(hashes) == 9


def test_nothing_typed_stands_outside_of_the_block() -> None:
    material = Material("zebra question", ("zebra point",), "zebra answer", "behavioral", ("no_metric",))
    body = request_body(CONFIG, material)
    assert json.dumps(body).count("zebra") == data_block(material).count("zebra") == 3


def test_the_bound_on_tokens_counts_every_byte() -> None:
    body = request_body(CONFIG, replace(MATERIAL, answer="안녕하세요 " * 200))
    assert most_input_tokens(body) > len(json.dumps(body, ensure_ascii=False).encode())
