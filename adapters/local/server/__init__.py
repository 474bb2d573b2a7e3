"""The workspace over HTTP, on loopback only: the pages people use, and the calls of a bot in another process."""
