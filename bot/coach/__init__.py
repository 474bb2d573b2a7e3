"""The coach: a language model's suggestions beside the rules, never in their place; off until a key is set."""
