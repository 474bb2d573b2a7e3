"""Answers: collected from threads and forms, scored, revised, given feedback on; and what moderators do about them."""
