"""What means much the same: a table of words, and the terms of a library as it knows them."""
