"""What pages about reports say, made ready for their templates."""
