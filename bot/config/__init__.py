"""What an operator sets and reads: settings, errors, the format of the program's own log."""
