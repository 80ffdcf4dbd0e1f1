"""Coaching as one viewer may know it."""
