"""Texts -> terms as numbers in flat arrays, compiled or with numpy."""
