"""Reading what is asked: items, their keys and their licences."""
