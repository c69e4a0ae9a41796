"""The arrays of an index, and what they are looked up by."""
