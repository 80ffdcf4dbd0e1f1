"""Headway shows where the line between a sales strategy and daily work breaks, and why."""

__version__ = "0.1.0"
