"""What the bot does for people, whatever door they came through: answers, follow-ups, a fair queue."""
