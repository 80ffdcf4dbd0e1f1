"""The daily run: pull, check, store, find, publish, notify."""
