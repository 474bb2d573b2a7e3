"""Objects made of rows past the mapper."""

from __future__ import annotations

import subprocess
import sys

FIRST_OF_ALL = """
from sqlalchemy.orm import Session
from storage.mapped import objects
from storage.tables.people import Member

class Row(tuple):
    id = "a-member"

names = [column.name for column in Member.__table__.c]
(member,) = objects(Session(), Member, [Row("a-member" if name == "id" else None for name in names)])
print(member.id)
"""


def test_an_object_can_be_made_before_a_process_has_done_anything_else_with_the_mapper() -> None:
    """A process that starts may find an event waiting and claim it first of all."""
    done = subprocess.run([sys.executable, "-c", FIRST_OF_ALL], capture_output=True, text=True, timeout=50, check=False)
    assert (done.stdout, done.stderr) == ("a-member\n", "")
