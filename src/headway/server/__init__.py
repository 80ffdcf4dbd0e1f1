"""Puts the pieces together: settings, addresses, the server process."""
