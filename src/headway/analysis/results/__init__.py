"""Results in figures: the book of opportunities, metrics, the tree, rate against mix."""
