"""The interface for language models; empty until its capability is built."""
