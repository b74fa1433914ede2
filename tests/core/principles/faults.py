"""For every check, accounts that break it and no more than it must: what the rule book has to say of each."""

from tests.core.principles.faults_1_to_4 import PRINCIPLE_1, PRINCIPLE_2, PRINCIPLE_3, PRINCIPLE_4
from tests.core.principles.faults_5_to_7 import PRINCIPLE_5, PRINCIPLE_6, PRINCIPLE_7

FAULTS = (*PRINCIPLE_1, *PRINCIPLE_2, *PRINCIPLE_3, *PRINCIPLE_4, *PRINCIPLE_5, *PRINCIPLE_6, *PRINCIPLE_7)
