"""The line of sight in words: each chain as people read it. Pure; works without a site."""
