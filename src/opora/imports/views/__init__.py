"""Pages of loading an order: the file, the review, the difference of a later order."""
