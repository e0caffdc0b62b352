"""What I practise: each worker's own compass, private by default."""
