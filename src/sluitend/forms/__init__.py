"""Forms: the fields that journeys make them of, what somebody was typing in one, and that one was sent."""
