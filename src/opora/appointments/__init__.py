"""Who is appointed to which duty where and when; the rights that follow."""
