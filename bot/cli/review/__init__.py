"""`quoth review`: the log in a browser."""
