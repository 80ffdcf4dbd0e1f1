"""Exports whose shape is known, recognised by their columns and never by their names."""
