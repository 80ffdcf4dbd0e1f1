"""Results as people read it: sentences and figures from a published answer."""
