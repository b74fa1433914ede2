"""What comes back for what was put in."""

from outcomes.valuation._money import divide
from outcomes.valuation._written import Amount


def net(present_value: Amount, put_in: Amount) -> Amount:
    """Return the value beyond what was put in; below 0 if it is less."""
    return present_value - put_in


def per_unit_put_in(value: Amount, put_in: Amount) -> Amount:
    """Return the value for each unit of money that was put in, which must not be 0."""
    return divide(value, put_in)
