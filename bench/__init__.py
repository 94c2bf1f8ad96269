"""Measurements that print ratios, so that the machine hardly matters."""
