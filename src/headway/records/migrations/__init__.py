"""One line of migrations, each named for what it does."""
