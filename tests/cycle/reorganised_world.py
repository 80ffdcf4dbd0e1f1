"""What the bundle of `brought_world` can declare besides, and who it is for."""

Rows = list[dict[str, object]]


def tables() -> dict[str, Rows]:
    """Tables as `brought_world.written` takes them.

    Two reorganisations, one of them for no priority; who hands over what; a training.
    """
    return {
        "seen_account": [{"account_id": each, "name": each.title()} for each in ("acme", "beta")],
        "meant_reorganisation": [
            {
                "reorganisation_id": "teams",
                "priority_id": "large",
                "name": "One team each",
                "effective_on": "2026-03-01",
            },
            {"reorganisation_id": "quiet", "name": "Of olaf", "effective_on": "2026-02-01"},
        ],
        "meant_role_profile": [
            _profile("Hunter", 0.7, segment="New"),
            _profile("Hunter", 0.3),
            _profile("Farmer", 1.0),
        ],
        "meant_role_change": [
            {"reorganisation_id": number, "person_id": person, "role_name": role}
            for number, person, role in (
                ("teams", "s1", "Hunter"),
                ("teams", "s2", "Farmer"),
                ("quiet", "t1", "Scout"),
            )
        ],
        "meant_handover": [
            _handover("h1", "acme", giver="s1", taker="s2", reorganisation_id="teams"),
            _handover("h2", "beta", giver="s1", taker="s2", completed_on="2026-04-02"),
            _handover("h3", "beta", giver="s2", taker="t1"),
        ],
        "meant_handover_step": [
            {"handover_id": "h1", "step": "introduced", "due_on": "2026-03-20"}
        ],
        "meant_training": [
            {
                "training_id": "tr",
                "priority_id": "large",
                "name": "Discovery",
                "held_on": "2026-05-04",
            }
        ],
        "seen_training_attendance": [
            {"training_id": "tr", "person_id": person, "attended_on": day, "attended_hours": hours}
            for person, day, hours in (
                ("s1", "2026-05-04", 14.0),
                ("s2", None, None),
                ("t1", "2026-05-05", 7.0),
            )
        ],
    }


def _profile(role: str, share: float, *, segment: str | None = None) -> dict[str, object]:
    return {
        "reorganisation_id": "teams",
        "role_name": role,
        "segment": segment,
        "expected_share": share,
    }


def _handover(
    number: str, account: str, *, giver: str, taker: str, **rest: object
) -> dict[str, object]:
    return {
        "handover_id": number,
        "account_id": account,
        "from_person_id": giver,
        "to_person_id": taker,
        "planned_on": "2026-04-01",
        **rest,
    }
