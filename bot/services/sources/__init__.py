"""Sources that are added while the library is in use: kept, read before they count, taken back."""
