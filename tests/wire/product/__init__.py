"""The whole product at the wire: every room, the runtime and a database file, through the real client libraries."""
