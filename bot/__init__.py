"""Kömekshi: a Telegram bot for public assistants of the local police and those who run them."""
