"""The log's rows and promises, and what keeps them."""
