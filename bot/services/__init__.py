"""What the bot does for people, whichever way they reach it: answers, follow-ups, a fair queue."""
