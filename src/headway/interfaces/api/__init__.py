"""The HTTP interface for other systems; empty until its capability is built."""
