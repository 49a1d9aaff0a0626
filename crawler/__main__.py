"""``python -m crawler`` is the command ``recrawl``."""

from crawler.cli import main

main()
