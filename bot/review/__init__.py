"""Peer-review rounds: who reviews what, how reviews are gathered, and what their authors get from them."""
