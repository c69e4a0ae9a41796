"""A Query -> Hits."""
