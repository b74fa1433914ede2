"""The seven well-being goals of Wales in both languages of the Act, side by side whatever the reader's own (pure).

The Well-being of Future Generations (Wales) Act 2015, section 4, as published in English on gov.wales and in Welsh on
llyw.cymru. These are names, not words of ours: they are not translated.
"""

from collections.abc import Mapping

from outcomes.nouns import Goal

ENGLISH: Mapping[Goal, str] = {
    Goal.PROSPEROUS: "A prosperous Wales",
    Goal.RESILIENT: "A resilient Wales",
    Goal.HEALTHIER: "A healthier Wales",
    Goal.MORE_EQUAL: "A more equal Wales",
    Goal.COHESIVE: "A Wales of cohesive communities",
    Goal.CULTURE: "A Wales of vibrant culture and thriving Welsh language",
    Goal.RESPONSIBLE: "A globally responsible Wales",
}

WELSH: Mapping[Goal, str] = {
    Goal.PROSPEROUS: "Cymru lewyrchus",
    Goal.RESILIENT: "Cymru gydnerth",
    Goal.HEALTHIER: "Cymru iachach",
    Goal.MORE_EQUAL: "Cymru sy'n fwy cyfartal",
    Goal.COHESIVE: "Cymru o gymunedau cydlynus",
    Goal.CULTURE: "Cymru â diwylliant bywiog lle mae'r Gymraeg yn ffynnu",
    Goal.RESPONSIBLE: "Cymru sy'n gyfrifol ar lefel fyd-eang",
}
