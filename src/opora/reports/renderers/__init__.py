"""Renderers write a report from its frozen values and nothing else: one file, one format of one make of content."""
