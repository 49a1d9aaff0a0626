"""Reconcile: what the article's pages state against what the record says; a change needs the better evidence.

The rules are in modules of their own, one for each group of fields; they know no crawl.
"""
