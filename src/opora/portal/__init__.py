"""The public face: the approved roadmap, its state, published documents."""
