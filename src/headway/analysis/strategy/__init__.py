"""The line of sight: what is known of each link, and where the line breaks first."""
