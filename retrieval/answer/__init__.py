"""Hits -> a Reply."""
