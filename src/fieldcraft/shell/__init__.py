"""Around all rooms: the way in, navigation, refusals, and what needs several rooms at once."""
