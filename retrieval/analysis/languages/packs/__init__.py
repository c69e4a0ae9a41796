"""One module for each language, with its PACK."""
