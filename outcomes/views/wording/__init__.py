"""What the pages of an account say of it, in the reader's words and with their links: one file for each page."""
