"""Only what is ours: deadweight, displacement and attribution come off the gross value, and off the importance alike.

Each step can be worked out with decimals or written as a formula (see `_written`). Source of the formulas: the value
map of the field's guide to social return on investment.
"""

from outcomes.valuation._written import Amount


def gross(quantity: Amount, value_each: Amount) -> Amount:
    """Return what the whole change is worth in its first year, whoever brought it about."""
    return quantity * value_each


def less(amount: Amount, share: Amount) -> Amount:
    """Return the amount less the share that would have happened anyway, moved from elsewhere, or is due to others."""
    return amount * (1 - share)


def importance(
    quantity: Amount, weight: Amount, deadweight: Amount, displacement: Amount, attribution: Amount
) -> Amount:
    """Return the points of relative importance that are due to the activity, for a change for the better."""
    return quantity * weight * (1 - deadweight) * (1 - displacement) * (1 - attribution)


def importance_of_harm(
    quantity: Amount, weight: Amount, deadweight: Amount, displacement: Amount, attribution: Amount
) -> Amount:
    """Return the points of relative importance that are due to the activity, for a change for the worse: below 0."""
    return -importance(quantity, weight, deadweight, displacement, attribution)
