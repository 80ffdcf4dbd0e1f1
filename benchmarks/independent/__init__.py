"""Organisations of another hand, with planted truths, written as bundles from the format alone.

Nothing here knows how the analysis or the sample's own inventor works: who reports to whom, who
answers, what is logged and how work flows are assumptions of this package.
"""
