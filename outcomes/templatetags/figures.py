"""Figures in templates: `{{ amount|money:account.currency }}`, `{{ part|share }}`, `{{ count|number }}`."""

from django import template

from outcomes import shown

register = template.Library()
register.filter("money", shown.money)
register.filter("ratio", shown.ratio)
register.filter("share", shown.share)
register.filter("number", shown.number)
register.filter("years", shown.years)
