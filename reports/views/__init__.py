"""The doors to reports: each reader has a file."""
