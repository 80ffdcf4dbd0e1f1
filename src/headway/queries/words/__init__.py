"""Wording of what queries give, where it needs more than the page."""
