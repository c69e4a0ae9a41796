"""What every room knows: the model, the errors, flat arrays."""
