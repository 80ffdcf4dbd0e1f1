"""Reminders as their readers get them."""
