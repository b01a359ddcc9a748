"""Rounds in which nobody trains."""
