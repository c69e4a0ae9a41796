"""`quoth log replay`: logged questions asked again."""
