"""The registers that organisations are known to, and the identifier that org-id.guide makes of a register and a number."""

from accounts.columns import Choice
from accounts.words import gettext_noop as _n


class Scheme(Choice):
    """A register, by its code at org-id.guide (org-id/register, read at commit f500b45f)."""

    CHARITY_ENGLAND_AND_WALES = "GB-CHC", _n("Charity Commission for England and Wales")
    COMPANY = "GB-COH", _n("Companies House")
    CHARITY_SCOTLAND = "GB-SC", _n("Scottish Charity Regulator")
    CHARITY_NORTHERN_IRELAND = "GB-NIC", _n("Charity Commission for Northern Ireland")
    MUTUAL = "GB-MPR", _n("Mutuals Public Register")
    SPORTS_CLUB = "GB-CASC", _n("Community amateur sports club (HMRC)")


def org_id(scheme: str, number: str) -> str:
    """Return the org-id identifier of a number in a register, such as "GB-CHC-1090095"."""
    return f"{scheme}-{number}"
