"""Pages of reports: making one, issues, own templates."""
