"""From a ranking to points: rank sum. The last of n places gives 1 point, the place before it 2, the first n.

Whoever ties shares what their places would give: of three, two in the first place have (3 + 2) ÷ 2 points each. Only
the order counts: places 1, 2, 3 and places 1, 5, 9 say the same. All points together are always n × (n + 1) ÷ 2.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import accumulate

_HALF = Decimal("0.5")


def points_of_places(places: Iterable[int]) -> Mapping[int, Decimal]:
    """Return the points of each place in a ranking (1 = matters most), given the place of every outcome ranked."""
    tied = sorted(Counter(places).items())
    ranked = sum(together for _place, together in tied)
    taken = accumulate((together for _place, together in tied), initial=0)
    return {
        place: (2 * (ranked - above) - together + 1) * _HALF
        for (place, together), above in zip(tied, taken, strict=False)
    }
