"""Pages of the portal, open to everybody."""
