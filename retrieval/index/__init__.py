"""What is read of the articles and kept: flat arrays in memory or in a file, made at once or change by change."""
