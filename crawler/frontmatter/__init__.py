"""Front matter, read and edited in place."""
