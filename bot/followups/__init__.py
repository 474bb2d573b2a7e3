"""Follow-ups: replies to the questions after a story, drafted closing questions, and one's own speaking pace."""
