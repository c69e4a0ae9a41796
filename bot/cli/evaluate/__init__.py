"""`quoth eval`: questions whose answers are known."""
