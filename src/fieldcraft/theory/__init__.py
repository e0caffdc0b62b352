"""What an organisation believes, what the evidence says, and what it lets be seen."""
