"""Mentors and mentees: what one agrees on, sees, asks and answers; what stands open, and who looked."""
