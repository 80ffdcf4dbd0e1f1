"""Finds which shape a hand-over has: a known one, else what its columns and contents suggest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from headway.sources.csv_files import evidence, guessing, unknown, unknown_changes
from headway.sources.csv_files.proposal import ColumnSeen, Question
from headway.sources.csv_files.shapes import (
    adventureworks,
    event_log,
    hubspot,
    maven,
    salesforce,
    zoho,
)
from headway.sources.csv_files.shapes.shape import Plan, Seen, Shape, cast
from headway.sources.csv_files.tables import Bench, Raw

CHANGES = "seen/opportunity_change"
_NO_HISTORY = "No history of stages"
KNOWN: tuple[Shape, ...] = (
    maven.SHAPE,
    adventureworks.SHAPE,
    event_log.SHAPE,
    salesforce.SHAPE,
    hubspot.SHAPE,
    zoho.SHAPE,
)


@dataclass(frozen=True, kw_only=True)
class Found:
    """The shape of a hand-over, how it feeds our tables, and what each file was taken for.

    `columns` maps a file to its columns as an unknown shape was read; empty for known shapes.
    """

    name: str
    title: str
    plan: Plan
    roles: Mapping[str, str]
    columns: Mapping[str, tuple[ColumnSeen, ...]]
    asked: tuple[Question, ...] = ()


def _with_history(
    at: Bench, *, plan: Plan, left: Sequence[Raw], answers: Mapping[str, str]
) -> tuple[Plan, dict[str, str]]:
    """A known shape with the histories of changes that lie beside it as nobody described them."""
    roles: dict[str, str] = {}
    if any(feed.table == CHANGES for feed in plan.feeds):
        return plan, roles
    for raw in left:
        guess = guessing.guess(raw, seen=evidence.of(at, raw=raw), answers=answers)
        if guess.table != CHANGES:
            continue
        theirs = {ours: column for column, ours in guess.taken.items()}
        feeds, notes = unknown_changes.feeds(at, raw=raw, theirs=theirs)
        lacks = tuple(said for said in plan.lacks if not said.startswith(_NO_HISTORY))
        plan = replace(plan, feeds=(*plan.feeds, *feeds), notes=(*plan.notes, *notes), lacks=lacks)
        roles[raw.name] = "changes"
    return plan, roles


def find(at: Bench, *, raws: Sequence[Raw], answers: Mapping[str, str]) -> Found:
    """The first known shape whose files are all there, else an unknown one."""
    for shape in KNOWN:
        files = cast(shape, raws=raws)
        if files is not None:
            plan = shape.plan(Seen(at=at, files=files))
            roles = {raw.name: role for role, raw in files.items()}
            left = [raw for raw in raws if raw.name not in roles]
            plan, more = _with_history(at, plan=plan, left=left, answers=answers)
            roles.update(more)
            return Found(name=shape.name, title=shape.title, plan=plan, roles=roles, columns={})
    read = unknown.read(at, raws=raws, answers=answers)
    return Found(
        name="unknown",
        title="Files of a shape not known",
        plan=read.plan,
        roles=read.roles,
        columns=read.columns,
        asked=read.asked,
    )
