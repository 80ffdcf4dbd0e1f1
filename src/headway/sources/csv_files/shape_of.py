"""Finds which shape a hand-over has: a known one, else what its columns and contents suggest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from headway.sources.csv_files import unknown
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


def find(at: Bench, *, raws: Sequence[Raw], answers: Mapping[str, str]) -> Found:
    """The first known shape whose files are all there, else an unknown one."""
    for shape in KNOWN:
        files = cast(shape, raws=raws)
        if files is not None:
            plan = shape.plan(Seen(at=at, files=files))
            roles = {raw.name: role for role, raw in files.items()}
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
