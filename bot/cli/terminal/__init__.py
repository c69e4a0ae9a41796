"""What all commands share: how they read options, draw and end."""
