"""The runtime: works what the rooms declare and enqueue, and stands between them and the chat platforms."""
