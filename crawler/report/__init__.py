"""Reports, one module a format, over the same outcomes."""
