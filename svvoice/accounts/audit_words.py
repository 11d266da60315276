"""What the audit log says, as sentences: who did what. The log keeps ids and codes; names are put in here."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from svvoice.store.audit import AuditEvent

RUNNER = "Whoever runs svvoice"
"""Does what is done from the command line, and what the product does by itself."""

SENTENCES = {
    "account.signed_in": "{who} signed in.",
    "account.signed_out_everywhere": "{who} signed out in every browser.",
    "account.signed_out_elsewhere": "{who} signed out in other browsers.",
    "account.password_changed": "{who} got a new password.",
    "account.two_step_on": "{who} set up two steps.",
    "account.two_step_off": "{who} took their app for two steps away.",
    "account.recovery_code_used": "{who} used a recovery code.",
    "account.recovery_codes_made": "{who} made new recovery codes.",
    "colleague.joined_as_viewer": "{about} joined as a viewer.",
    "colleague.joined_as_editor": "{about} joined as an editor.",
    "colleague.joined_as_owner": "{about} joined as an owner.",
    "colleague.made_viewer": "{who} made {about} a viewer.",
    "colleague.made_editor": "{who} made {about} an editor.",
    "colleague.made_owner": "{who} made {about} an owner.",
    "colleague.removed": "{who} removed {about} from the organisation.",
    "colleague.two_step_taken_away": "{who} took the second step of {about} away.",
    "organisation.two_step_for_nobody": "{who} decided that nobody must use two steps.",
    "organisation.two_step_for_owners": "{who} decided that owners must use two steps.",
    "organisation.two_step_for_everybody": "{who} decided that everybody must use two steps.",
    "link.invite_viewer": "{who} made an invitation for a viewer.",
    "link.invite_editor": "{who} made an invitation for an editor.",
    "link.invite_owner": "{who} made an invitation for an owner.",
    "link.sign_in": "{who} made a link that signs {about} in.",
    "link.reset": "{who} made a link with which {about} chooses a new password.",
    "survey.imported": "{who} brought in the survey “{survey}” from a file.",
    "survey.begun": "{who} began the survey “{survey}”.",
    "survey.edited": "{who} changed the draft of the survey “{survey}”.",
    "survey.published": "{who} published the survey “{survey}” ({rest}).",
    "survey.open": "{who} opened the survey “{survey}” again.",
    "survey.closed": "{who} closed the survey “{survey}”.",
    "responses.exported": "{who} took the answers to “{survey}” as a file ({rest}).",
    "responses.export_failed": "A file of the answers to “{survey}”, for {who}, was broken off.",
    "answers.read": "{who} read what people wrote in the survey “{survey}” ({rest}).",
    "texts.read": "{who} read texts that found no survey.",
    "text.seen": "{who} marked a text as seen.",
    "plan.begun": "{who} began a plan.",
    "plan.changed": "{who} changed a plan.",
    "outcome.added": "{who} added an outcome to the plan.",
    "outcome.changed": "{who} changed an outcome of the plan.",
    "promise.added": "{who} added a promise.",
    "promise.changed": "{who} changed a promise.",
    "promise.updated": "{who} told how a promise is going.",
    "finding.frozen": "{who} kept a finding.",
    "evidence.added": "{who} put a finding under a promise.",
    "evidence.answered": "{who} answered a piece of evidence.",
    "decision.written": "{who} wrote a decision.",
    "decision.published": "{who} published a decision.",
}

UNKNOWN = "{who} did something that has no sentence here yet ({action})."


def sentence(event: AuditEvent, names: Mapping[UUID, str]) -> str:
    """One event in plain words; `names` are those of the accounts in it."""
    survey, _, rest = event.subject.partition(" ")
    return SENTENCES.get(event.action, UNKNOWN).format(
        who=_name(event.account_id, names) if event.account_id else RUNNER,
        about=_name(person_in(event), names),
        survey=survey,
        rest=rest,
        action=event.action,
    )


def person_in(event: AuditEvent) -> UUID | None:
    """The account that an event is about, where it is about one."""
    try:
        return UUID(event.subject)
    except ValueError:
        return None


def _name(account_id: UUID | None, names: Mapping[UUID, str]) -> str:
    return names.get(account_id, "Somebody") if account_id else "Somebody"
