"""What is true of English alone."""
