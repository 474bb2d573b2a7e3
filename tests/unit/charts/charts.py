"""One chart of each kind, with everything that is awkward about it."""

from __future__ import annotations

from bot.base.text import t
from bot.chat.charts import Chart, Series

RATING = Chart(
    kind="line",
    title=t("Rating of your answers"),
    alt="Six answers; the first telling rose from 3.1 to 5.4, the last from 4.4 to 6.8. One has no number.",
    labels=("3 Feb", "10 Feb", "17 Feb", "24 Feb", "3 Mar", "10 Mar"),
    series=(
        Series(t("Last telling"), (4.4, 4.9, None, 6.0, 6.1, 6.8)),
        Series(t("First telling"), (3.1, 4.9, None, 4.2, 5.9, 5.4)),
    ),
    highest=10.0,
    breaks=(3,),
)
FLAGS = Chart(
    kind="bars",
    title='What comes back <script> & "quotes" for $5 and $6',
    alt="No result figure in 4 of 6 answers.",
    labels=("No result figure", "A very long name of a finding that does not fit beside any bar at all", "Nothing"),
    series=(Series("Answers", (4.0, 2.0, None)),),
    unit="",
)
PARTS = Chart(
    kind="stacked",
    title="Parts by share",
    alt="Action has 48 per cent of the latest answer.",
    labels=("3 Feb", "10 Feb", "17 Feb"),
    series=(
        Series("Situation", (30.0, 22.0, None)),
        Series("Task", (10.0, 8.0, None)),
        Series("Action", (40.0, 48.0, None)),
        Series("Result", (17.0, 20.0, None)),
        Series("Learning", (3.0, 2.0, None)),
    ),
    unit="%",
    highest=100.0,
)
COVERAGE = Chart(
    kind="grid",
    title="Kinds of story",
    alt="Conflict has two stories, failure none.",
    labels=("Stories", "Told"),
    series=(Series("Conflict", (2.0, 3.0)), Series("Failure", (0.0, None))),
)
CHARTS = {"line": RATING, "bars": FLAGS, "stacked": PARTS, "grid": COVERAGE}
