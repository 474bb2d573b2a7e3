"""Engines, tables by feature, and migrations for SQLite and PostgreSQL."""
