"""What is true of a page and of a record: one module a field, then judge, reconcile and write."""
