"""Who is who: identity, accounts, roles, preferences and how often a person may be written to."""
