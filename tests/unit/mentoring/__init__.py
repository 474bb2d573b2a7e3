"""The room of mentors."""
