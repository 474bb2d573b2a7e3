"""Chat platforms: each adapter translates between its platform and `bot.chat`, and nothing more."""
