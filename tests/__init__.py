"""Tests; the folders below are plain folders, so their files need names of their own."""
