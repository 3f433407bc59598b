"""Forms in XLSForm, collections that are obligations, the answers and what comes of them."""
