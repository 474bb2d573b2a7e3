"""Charts as pictures for chat."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from bot.charts.png import CannotDraw, can_draw, png
from tests.unit.charts.charts import CHARTS, FLAGS

PHONE = 960
"""Dots across: twice the width of a message on a phone."""


@pytest.mark.parametrize("kind", CHARTS)
def test_a_picture_has_the_width_of_a_phone_and_shows_something(kind: str) -> None:
    with Image.open(BytesIO(png(CHARTS[kind]))) as picture:
        assert picture.width == PHONE
        assert 200 <= picture.height <= 2 * PHONE
        inked = sum(picture.convert("L").histogram()[:128])
    assert inked > 0.005 * picture.width * picture.height


def test_a_dollar_sign_begins_no_formula() -> None:
    assert png(replace(FLAGS, title="$x^2$")) != png(replace(FLAGS, title="x^2"))


def test_what_the_font_cannot_write_is_not_drawn_as_boxes() -> None:
    with pytest.raises(CannotDraw, match=r"U\+AC00"):
        png(replace(FLAGS, labels=("가", "b", "c")))


def test_it_is_known_whether_pictures_can_be_drawn() -> None:
    assert can_draw()
