"""A question -> a Query."""
