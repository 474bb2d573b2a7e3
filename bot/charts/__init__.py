"""Charts drawn: as inline SVG for pages, as PNG for chat, and in words for wherever there is no picture."""
