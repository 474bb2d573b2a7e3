"""A stand-in for an endpoint of the Messages API, as strict as the real ones, and what the product says to it."""
