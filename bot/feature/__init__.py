"""The furniture every feature room shares: what it declares and the context its handlers are given."""
