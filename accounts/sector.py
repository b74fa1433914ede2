"""Who is in the social value sector: the test of the definition of 2017, and its answer in words (pure).

Voluntary organisations, charities, social enterprises, infrastructure bodies, and the networks and forums that support
them; bodies whose core purpose is more well-being for people and communities, and who re-invest most or all of any
profit in it.
"""
