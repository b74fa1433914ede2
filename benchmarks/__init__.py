"""How fast it is: each measure beside a bare peer in the same run, since seconds depend on the machine."""
