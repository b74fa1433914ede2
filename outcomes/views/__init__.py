"""The doors for people who keep or read an account: one file for each thing that they come for."""
