"""Front matter, read and edited in place: `parse` for its values, `edit` to change them byte by byte."""

from crawler.frontmatter.document import Document, begins, edit, parse
from crawler.frontmatter.fence import Kind
from crawler.frontmatter.shape import Shape, Stamp, moment
from crawler.frontmatter.value import REMOVE

__all__ = ["REMOVE", "Document", "Kind", "Shape", "Stamp", "begins", "edit", "moment", "parse"]
