"""recrawl keeps a folder of article records true: the nouns, and the shell that runs them."""

__version__ = "0.1.0"
