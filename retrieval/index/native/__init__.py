"""The compiled functions and their door to Python."""
