"""The edge: everything that imports discord.py."""
