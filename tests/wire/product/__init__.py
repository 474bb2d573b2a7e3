"""The whole product at the wire: every room, the real runtime and a database file, through the real client libraries."""
