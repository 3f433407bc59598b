"""Papers of this room: the layout of the protocol of a draw."""
