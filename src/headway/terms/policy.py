"""Thresholds that shape verdicts: frozen, versioned, passed into findings, stored with them."""

import hashlib
import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Defaults of the domain model, section 6. Shares are 0..1; counts are cases."""

    interval_level: float = 0.90
    min_cases_for_rate: int = 10
    min_cases_to_compare: int = 30
    min_cases_for_place: int = 30
    family_wise_error: float = 0.05
    single_deal_share: float = 0.20
    max_causes: int = 8
    min_relevant_growth_share: float = 0.0
    verdict_confidence: float = 0.90
    conversation_floor_seconds: int = 60
    window_days: int = 90
    broken_margin: float = 0.15
    min_cases_for_strained: int = 12
    min_response_share: float = 0.60
    naming_probability: float = 0.80
    naming_probability_of_one_survey: float = 0.85
    set_probability: float = 0.90
    false_discovery_share: float = 0.10
    belief_margin: float = 0.15
    about_right_confidence: float = 0.80
    min_predictions: int = 10
    sealed_range_share: float = 0.80
    min_leaders_of_level: int = 5
    most_priorities_at_once: int = 3
    min_people_of_effect: int = 10
    min_managers_of_effect: int = 6
    min_quarters_before_coaching: int = 4
    min_quarters_since_coaching: int = 2
    min_leavers_of_staying: int = 5
    no_effect_margin: float = 0.03
    helps_beyond: float = 0.005
    harms_beyond: float = 0.01
    peer_margin: float = 0.10
    skill_days: int = 90

    @property
    def version(self) -> str:
        """Stands with each finding: equal exactly where all values are.

        >>> [Policy().version == Policy(max_causes=most).version for most in (8, 3)]
        [True, False]
        """
        values = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(values.encode()).hexdigest()[:8]


DEFAULT = Policy()

SEED = 1
"""Where every draw of a diagnosis starts, so that the same facts give the same answer."""
