"""The words all packages share: values, errors and codes. Standard library only."""
