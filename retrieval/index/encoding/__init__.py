"""Texts -> words -> terms, all as numbers in flat arrays: what an index is counted from, compiled or with numpy."""
