"""`python -m tests.gallery` draws the gallery, for people to look at."""

from __future__ import annotations

import sys

from tests.gallery.page import GALLERY, gallery


def main() -> None:
    """Write the page and say where it is."""
    GALLERY.parent.mkdir(parents=True, exist_ok=True)
    GALLERY.write_text(gallery(), encoding="utf-8")
    sys.stdout.write(f"{GALLERY}\n")


if __name__ == "__main__":
    main()
