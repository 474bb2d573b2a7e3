"""Pages over the wire: links, sessions and forms, as a browser meets them."""
