"""Finding, refusing, quoting: articles and a question -> a reply. It knows nothing of Discord, databases or asyncio."""
