"""The roadmap: sections, activities, amendments."""
