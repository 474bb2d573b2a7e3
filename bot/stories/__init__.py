"""Projects and stories: capture, look-up, coverage."""
