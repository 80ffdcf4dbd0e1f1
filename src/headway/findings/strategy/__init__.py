"""The line of sight: how far each priority reaches, and where it breaks first."""
