"""What Starling does; this package knows no chat platform."""
