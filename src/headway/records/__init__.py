"""What people enter and decide: the one Django app."""
