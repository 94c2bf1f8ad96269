"""Use cases: each checks the right, does its work in one transaction, returns plain data."""
