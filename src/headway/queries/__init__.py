"""The reads: what one viewer may know, from records alone, with wording."""
