"""Documents, their versions, approval and publication."""
