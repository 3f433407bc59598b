"""A programme of a year: stages, risk factors, kinds of documents."""
