"""What runs by the clock: the timetable and the delivery of the outbox."""
