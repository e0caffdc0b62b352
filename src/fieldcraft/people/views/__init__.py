"""What people see of themselves, their teams and organisations."""
