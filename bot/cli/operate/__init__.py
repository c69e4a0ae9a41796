"""`quoth run` and `quoth doctor`."""
