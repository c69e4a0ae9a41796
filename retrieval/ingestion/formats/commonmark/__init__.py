"""Markdown by markdown-it-py: what its blocks are, and which signs of it a reader does not see."""
