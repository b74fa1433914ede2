"""Accounts to draw: the figures of a time bank, a mixed one with harm in it, and a chain of events."""

from decimal import Decimal

from outcomes.charts.bars import Bar
from outcomes.charts.change import Change, Reading
from outcomes.charts.diagram import Kind as Box, Node
from outcomes.charts.spread import Spread
from outcomes.charts.tornado import Swing
from outcomes.charts.waterfall import Kind, Step

TIMEBANK = [
    Bar("More social contact", Decimal("237691.80")),
    Bar("Better health and well-being", Decimal("41553.00")),
    Bar("Greater independence", Decimal("41990.40")),
    Bar("Feel more included", Decimal("301458.38")),
]
MIXED = [
    Bar("In work after twelve months", Decimal(412_300)),
    Bar("Loss of benefits", Decimal(-61_200)),
    Bar("Better sleep", Decimal(12_000)),
]
GROSS_TO_NET = [
    Step("Gross value", Decimal("854175.00"), Kind.TOTAL),
    Step("Would have happened anyway", Decimal("-85417.50")),
    Step("Only moved from elsewhere", Decimal("-76875.75")),
    Step("Brought about by others", Decimal("-69188.175")),
    Step("Impact", Decimal("622693.575"), Kind.TOTAL),
    Step("What lasts into later years", Decimal("186808.0725")),
    Step("Later money is worth less today", Decimal("-6317.18")),
    Step("Total present value", Decimal("803184.47"), Kind.TOTAL),
]
SWINGS = [
    Swing(label="Discount rate", low="1.5%", high="5%", ratio_low=Decimal("16.14"), ratio_high=Decimal("16.00")),
    Swing(label="Drop-off", low="50%", high="100%", ratio_low=Decimal("18.47"), ratio_high=Decimal("12.45")),
    Swing(
        label="Deadweight",
        low="5%",
        high="30%",
        ratio_low=Decimal("16.42"),
        ratio_high=Decimal("14.69"),
        stated=False,
    ),
]
RUNS = Spread(
    dots=tuple(Decimal("0.62") + index * Decimal("0.03") for index in range(50)),
    central=Decimal("1.40"),
    low=Decimal("0.70"),
    high=Decimal("2.00"),
    below_one=Decimal("0.26"),
    runs=10_000,
)
CHANGES = [
    Change(
        label="Meets friends weekly",
        before=Reading(numerator=Decimal(24), denominator=Decimal(80)),
        after=Reading(numerator=Decimal(60), denominator=Decimal(80)),
    ),
    Change(
        label="Well-being score",
        before=Reading(numerator=Decimal(1600), denominator=Decimal(80)),
        after=Reading(numerator=Decimal(2000), denominator=Decimal(80)),
        is_share=False,
    ),
    Change(label="In work", before=None, after=Reading(numerator=Decimal(3), denominator=Decimal(12))),
]
NODES = [
    Node(ref="P1", label="Lunches served", kind=Box.OUTPUT),
    Node(ref="O1", label="More contact", kind=Box.COUNTED),
    Node(ref="O2", label="Better health", kind=Box.COUNTED),
    Node(ref="O3", label="Helpers tire", kind=Box.COUNTED, worse=True),
    Node(ref="O4", label="More trust", kind=Box.LEFT_OUT),
    Node(ref="O5", label="Travel costs", kind=Box.LEFT_OUT, worse=True),
]
LINKS = [("P1", "O1"), ("O1", "O2"), ("P1", "O3"), ("O2", "O4"), ("P1", "O2")]
