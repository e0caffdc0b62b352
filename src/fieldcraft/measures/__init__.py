"""What is asked: items, their versions and licences, and whether an organisation may use them."""
