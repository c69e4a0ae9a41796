"""Files -> Articles."""
