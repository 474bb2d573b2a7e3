"""Daily questions: programmes, choosing, slots, posting, questions and suggestions of a team's own."""
