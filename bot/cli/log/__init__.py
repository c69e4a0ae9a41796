"""`quoth log`: what was asked and answered."""
