"""`quoth ask`, `chat` and `verify`."""
