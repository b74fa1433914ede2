"""What is asked of people: one file for each thing that they come for."""
