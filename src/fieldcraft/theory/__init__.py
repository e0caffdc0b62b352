"""What an organisation believes, what the evidence says, what it asks its people, and what it lets be seen."""
