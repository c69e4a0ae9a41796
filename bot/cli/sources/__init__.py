"""`quoth sources`, `index` and `sentences`: what the articles are read as."""
