"""What people and programs send to the real doors: bad, hostile, or merely extreme."""
