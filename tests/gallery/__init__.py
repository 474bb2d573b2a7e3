"""Every card and form of the product with example data, and what each platform makes of it."""
