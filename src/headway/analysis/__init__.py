"""Facts to figures: pure functions on Ibis tables and on arrays."""
