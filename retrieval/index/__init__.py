"""Articles -> flat arrays, in memory or in a file."""
