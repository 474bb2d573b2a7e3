"""Practising one's own stories: recall drills, the countdown to an interview, the checklist before it."""
