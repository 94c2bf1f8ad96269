"""The database: engines, transactions, models, repositories and migrations."""
