"""What people meet: the bot on Discord, the terminal, and the log behind both."""
