"""One use from end to end each, in a browser, with nothing put in the place of anything."""
