"""Figures to findings: what breaks, on what evidence, how sure, what to ask next."""
