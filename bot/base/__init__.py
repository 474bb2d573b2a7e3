"""The ground every room stands on: errors, clock, ids, texts, settings and the policy."""
