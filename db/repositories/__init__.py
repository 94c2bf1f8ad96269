"""Queries, one class for each area; nothing here commits."""
