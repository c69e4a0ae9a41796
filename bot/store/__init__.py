"""What is logged and wished, the promises of whatever keeps it, and what does: a SQLite file."""
