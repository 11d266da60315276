"""The tables. `docs/how-it-works.md` says why each tenant table carries the organisation first."""

from svvoice.store.tables.asking import AnswerRow, ResponseRow, SubmissionRow, SurveyRow, SurveyVersionRow
from svvoice.store.tables.base import Base
from svvoice.store.tables.directory import (
    DIRECTORY,
    AccountRow,
    MembershipRow,
    OneTimeLinkRow,
    OrganisationRow,
    SenderRow,
    SignInAttemptRow,
    SignInSessionRow,
    SurveyAddressRow,
)
from svvoice.store.tables.planning import (
    AuditEventRow,
    CommitmentRow,
    DecisionRow,
    EvidenceAnswerRow,
    EvidenceLinkRow,
    FindingRow,
    OutcomeRow,
    PlanRow,
    ProgressUpdateRow,
)
from svvoice.store.tables.texting import (
    ContactRow,
    ConversationRow,
    InboundMessageRow,
    OptOutRow,
    OutboxRow,
    TellBackRow,
)

__all__ = [
    "DIRECTORY",
    "AccountRow",
    "AnswerRow",
    "AuditEventRow",
    "Base",
    "CommitmentRow",
    "ContactRow",
    "ConversationRow",
    "DecisionRow",
    "EvidenceAnswerRow",
    "EvidenceLinkRow",
    "FindingRow",
    "InboundMessageRow",
    "MembershipRow",
    "OneTimeLinkRow",
    "OptOutRow",
    "OrganisationRow",
    "OutboxRow",
    "OutcomeRow",
    "PlanRow",
    "ProgressUpdateRow",
    "ResponseRow",
    "SenderRow",
    "SignInAttemptRow",
    "SignInSessionRow",
    "SubmissionRow",
    "SurveyAddressRow",
    "SurveyRow",
    "SurveyVersionRow",
    "TellBackRow",
]
