"""What is to be sent and when: schedules make deliveries, deliveries wait until they are posted or skipped."""
