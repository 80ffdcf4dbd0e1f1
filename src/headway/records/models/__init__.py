"""The tables of records; models refer to each other by name."""
