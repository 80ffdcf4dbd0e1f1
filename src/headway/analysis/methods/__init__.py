"""Shared statistics: arrays in, small frozen values out."""
