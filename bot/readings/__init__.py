"""Level readings: an author shows one colleague a story or an answer, who says which level it shows."""
