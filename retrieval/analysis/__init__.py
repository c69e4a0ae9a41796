"""Text -> sentences, words, terms."""
