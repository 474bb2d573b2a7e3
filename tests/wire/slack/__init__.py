"""A stand-in for Slack at the wire, as strict as the platform, under the real client library.

Its rules are those of Slack's public reference; where that is silent, the stricter reading holds.
"""
