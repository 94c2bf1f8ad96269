"""A history nobody lived: invented people and their work, in any size."""
