"""The HTTP interface for other systems: the same queries and actions, as JSON, by bearer token."""
