"""One file a format: bytes -> a parsed document."""
