"""Visits of curators to schools: planned, agreed, held, reported, approved; the steps agreed there; reports per stage."""
