"""Where an answer can be saved as a story."""

from __future__ import annotations

import pytest

from bot.answers.cards import feedback_card
from bot.chat.cards import Button, Buttons
from bot.cli.features import all_features
from bot.feature.gather import gather
from bot.runtime.presenting import with_places
from bot.scoring.report import Report
from bot.stories.actions import SaveAnswer
from tests.gallery.reports import ABSTAINED, SITUATIONAL, STORY
from tests.unit.answers.test_cards import view


@pytest.mark.parametrize(("report", "offered"), [(STORY, 1), (SITUATIONAL, 0), (ABSTAINED, 0)])
def test_only_a_story_that_was_rated_can_be_saved_as_one(report: Report, offered: int) -> None:
    card = with_places(feedback_card(view(report)), gather(all_features()))
    buttons = [item for row in card.elements if isinstance(row, Buttons) for item in row.items]
    saving = [item for item in buttons if isinstance(item, Button) and isinstance(item.action, SaveAnswer)]
    assert len(saving) == offered
