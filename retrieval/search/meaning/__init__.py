"""What means much the same: a table of words, and for whoever wants it a sentence encoder."""
