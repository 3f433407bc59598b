"""The front door: settings, addresses, the WSGI entry."""
