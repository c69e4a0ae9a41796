"""What keeps a SQLite log well: checks, backups, recovery, deletion."""
