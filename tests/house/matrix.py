"""Who may enter where: a row for every address, written by hand; a test tries each with everybody.

A row is OPEN (anybody), SIGNED (anybody signed in) or the letters of the duties that may enter:
R regional coordinator, M municipal coordinator, H head of the centre, C curator, S school coordinator,
E expert.
"""

OPEN, SIGNED = "open", "signed in"

LETTERS = {
    "R": "regional_coordinator",
    "M": "municipal_coordinator",
    "H": "head",
    "C": "curator",
    "S": "school_coordinator",
    "E": "expert",
}

MATRIX: dict[str, str] = {}
