"""Sample reviews: what is drawn, who examines it by which criteria, what was agreed (order lines 4.2, 4.8, 4.9)."""
