"""The commands, one module each: options in, one call, an exit status out."""
