"""The doors to people and organisations: one file for each thing that somebody comes for."""
