"""The tables of records; models refer to each other by name."""

from headway.records.models.access import (
    Account,
    ApiToken,
    LogInFailure,
    OneTimeLink,
    RecoveryCode,
    Session,
)
from headway.records.models.audit import AuditEntry, AuditHead
from headway.records.models.commitments import Commitment, CommitmentMove, Prediction
from headway.records.models.data import CheckMark, Load, Mapping, Source
from headway.records.models.findings import Objection
from headway.records.models.line import (
    BeliefProfile,
    LeaderFinding,
    PublishedCalibration,
    PublishedChain,
    PublishedGap,
    PublishedPattern,
)
from headway.records.models.measures import (
    OwnView,
    PublishedCoaching,
    PublishedMeasure,
    PublishedRemedy,
    Remeasurement,
)
from headway.records.models.people import (
    Leave,
    Move,
    Organisation,
    PeopleFile,
    PeopleStop,
    Person,
    ReportingLine,
)
from headway.records.models.published import (
    AccountRow,
    OpportunityRow,
    Publication,
    PublishedAnswer,
)
from headway.records.models.pulse import (
    Coding,
    PulseAnswer,
    PulseCell,
    PulseCount,
    PulseInvitation,
    PulsePooled,
    Wave,
)
from headway.records.models.reorganisation import (
    Attendance,
    Handover,
    Reorganisation,
    RoleChange,
    Training,
)
from headway.records.models.strategy import (
    Card,
    Message,
    MessageReceipt,
    PlanVersion,
    PredicateColumn,
    PredicateCount,
    Priority,
    PriorityVersion,
)
from headway.records.models.work import IdempotencyKey, Job

__all__ = [
    "Account",
    "AccountRow",
    "ApiToken",
    "Attendance",
    "AuditEntry",
    "AuditHead",
    "BeliefProfile",
    "Card",
    "CheckMark",
    "Coding",
    "Commitment",
    "CommitmentMove",
    "Handover",
    "IdempotencyKey",
    "Job",
    "LeaderFinding",
    "Leave",
    "Load",
    "LogInFailure",
    "Mapping",
    "Message",
    "MessageReceipt",
    "Move",
    "Objection",
    "OneTimeLink",
    "OpportunityRow",
    "Organisation",
    "OwnView",
    "PeopleFile",
    "PeopleStop",
    "Person",
    "PlanVersion",
    "PredicateColumn",
    "PredicateCount",
    "Prediction",
    "Priority",
    "PriorityVersion",
    "Publication",
    "PublishedAnswer",
    "PublishedCalibration",
    "PublishedChain",
    "PublishedCoaching",
    "PublishedGap",
    "PublishedMeasure",
    "PublishedPattern",
    "PublishedRemedy",
    "PulseAnswer",
    "PulseCell",
    "PulseCount",
    "PulseInvitation",
    "PulsePooled",
    "RecoveryCode",
    "Remeasurement",
    "Reorganisation",
    "ReportingLine",
    "RoleChange",
    "Session",
    "Source",
    "Training",
    "Wave",
]
