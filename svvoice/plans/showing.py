"""Turns what is kept of a plan into what its page shows. Pure: the day is handed in."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from uuid import UUID

from svvoice.core.evidence import Direction, Finding, from_document
from svvoice.language import speech
from svvoice.plans.actions import PlanRecords
from svvoice.plans.forms import DIFFERENCES, STATUSES, VERDICTS
from svvoice.plans.screens import (
    DecisionLine,
    EvidenceLine,
    FindingLine,
    NextStep,
    OutcomeScreen,
    PlanScreen,
    PromiseScreen,
)
from svvoice.store.decisions import Decision, ToldBack
from svvoice.store.findings import Evidence, StoredFinding
from svvoice.store.plans import Commitment

WAYS = {"web": "by page", "sms": "by text", "kiosk": "on a shared screen", "paper": "on paper", "import": "elsewhere"}

TAGS = {
    Direction.SUPPORTS: ("Supports", "good", "tick"),
    Direction.AGAINST: ("Goes against", "con", "cross"),
    Direction.MIXED: ("Mixed", "plain", ""),
    Direction.NOT_ABOUT: ("Not about it", "plain", ""),
}


def plan_screen(records: PlanRecords, plan_id: UUID | None, today: date) -> PlanScreen:
    """The plan asked for, else the one that ends last."""
    plan = next((one for one in records.plans if one.id == plan_id), records.plans[0] if records.plans else None)
    outcomes = _outcomes(records, plan.id, today) if plan else ()
    promises = [promise for outcome in outcomes for promise in outcome.promises]
    late = max(promises, key=lambda promise: promise.days_late, default=None)
    return PlanScreen(
        plan=plan,
        others=tuple(one for one in records.plans if plan and one.id != plan.id),
        outcomes=outcomes,
        next=next_step(plan is not None, outcomes),
        promises=len(promises),
        decided=sum(bool(promise.decisions) for promise in promises),
        waiting=sum(bool(promise.evidence) and not promise.decisions for promise in promises),
        late=late.id if late and late.days_late else None,
    )


def _outcomes(records: PlanRecords, plan_id: UUID, today: date) -> tuple[OutcomeScreen, ...]:
    number = 0
    found = []
    for outcome in records.outcomes:
        if outcome.plan_id != plan_id:
            continue
        promises = []
        for commitment in records.commitments:
            if commitment.outcome_id == outcome.id:
                number += 1
                promises.append(_promise(records, commitment, number, today))
        found.append(OutcomeScreen(outcome.id, outcome.statement, outcome.informs, tuple(promises)))
    return tuple(found)


def _promise(records: PlanRecords, commitment: Commitment, number: int, today: date) -> PromiseScreen:
    evidence = _evidence_lines(records, commitment.id)
    decided = [one for one in records.decisions if one.commitment_id == commitment.id]
    published = [_decision_line(one, records.told_back.get(one.id)) for one in decided if one.published_at]
    return PromiseScreen(
        id=commitment.id,
        number=number,
        words=commitment.words["en"],
        owner=commitment.owner,
        due=commitment.due,
        answer_due=commitment.answer_due,
        status=STATUSES[commitment.status],
        days_late=days_late(commitment, bool(published), today),
        is_overdue=commitment.status in {"planned", "under_way"} and commitment.due < today,
        says=records.updates.get(commitment.id),
        people=next((one.finding for one in reversed(evidence) if one.direction != Direction.NOT_ABOUT), None),
        evidence=evidence,
        decisions=tuple(sorted(published, key=lambda one: one.published_at, reverse=True)),
        draft=next((one.id for one in decided if not one.published_at), None),
    )


def days_late(commitment: Commitment, decided: bool, today: date) -> int:
    """Days since people should have heard what was decided."""
    if decided or commitment.answer_due is None or today <= commitment.answer_due:
        return 0
    return (today - commitment.answer_due).days


def _evidence_lines(records: PlanRecords, commitment_id: UUID) -> tuple[EvidenceLine, ...]:
    answers = defaultdict(list)
    for answer in records.answers:
        answers[answer.evidence_id].append(answer.words)
    return tuple(
        evidence_line(one, tuple(answers[one.id])) for one in records.evidence if one.commitment_id == commitment_id
    )


def evidence_line(evidence: Evidence, answers: tuple[str, ...]) -> EvidenceLine:
    label, tag, mark = TAGS[Direction(evidence.direction)]
    line = finding_line(evidence.finding)
    return EvidenceLine(evidence.id, evidence.direction, label, tag, mark, evidence.note, line, answers)


def finding_line(stored: StoredFinding) -> FindingLine:
    finding = finding_of(stored)
    if finding is None:
        return FindingLine(stored.id, "This finding is not as it was kept.", "", "", stored.made_at, False)
    headline, people = finding.sentence.rsplit(". ", 1)
    return FindingLine(stored.id, f"{headline}.", people, reach(finding), stored.made_at, True)


def finding_of(stored: StoredFinding) -> Finding | None:
    """The finding as it was frozen; None where its document or its hash has been changed since."""
    try:
        finding = from_document(json.loads(stored.document))
    except (ValueError, KeyError, TypeError):
        return None
    return finding if finding.content_hash == stored.content_hash else None


def reach(finding: Finding) -> str:
    """How and when people answered: "By page and by text, 3 March 2026 to 30 April 2026"."""
    ways = [WAYS[channel] for channel, people in finding.channels.items() if people != 0]
    how = f"{', '.join(ways[:-1])} and {ways[-1]}" if len(ways) > 1 else "".join(ways)
    return f"{how[:1].upper()}{how[1:]}, {days(finding.first_answer, finding.last_answer)}"


def days(first: date, last: date) -> str:
    say_day = speech("en").day
    return say_day(first) if first == last else f"{say_day(first)} to {say_day(last)}"


def _decision_line(decision: Decision, told: ToldBack | None) -> DecisionLine:
    if decision.published_at is None:
        raise ValueError("only a published decision is a line in the plan")
    decided = decision.decided
    return DecisionLine(
        id=decision.id,
        verdict=decided.verdict,
        label=VERDICTS[decided.verdict],
        reason=decided.reason["en"],
        otherwise=decided.otherwise.get("en", ""),
        difference=DIFFERENCES[decided.difference],
        published_at=decision.published_at,
        told_back=told,
    )


def next_step(has_plan: bool, outcomes: tuple[OutcomeScreen, ...]) -> NextStep | None:
    """The one thing that should happen now, the most pressing first."""
    if not has_plan:
        return NextStep("Give the plan a name and a year.", "Begin the plan", "plans.new_plan", {})
    if not outcomes:
        return NextStep("Say what will be different, and for whom.", "Add an outcome", "plans.new_outcome", {})
    promises = [promise for outcome in outcomes for promise in outcome.promises]
    if not promises:
        return NextStep("Promise something: what, by whom, by when.", "Add a promise", "plans.new_promise", {})
    return _late(promises) or _unfinished(promises)


def _late(promises: list[PromiseScreen]) -> NextStep | None:
    late = max(promises, key=lambda promise: promise.days_late)
    if not late.days_late or late.answer_due is None:
        return None
    told = speech("en").day(late.answer_due)
    words = f"promise {late.number} is {counted(late.days_late, 'day')} late. People were told {told}."
    return NextStep(words, "Write the decision", "plans.write_decision", {"commitment": late.id}, late=True)


def _unfinished(promises: list[PromiseScreen]) -> NextStep | None:
    for promise in promises:
        if promise.draft:
            words = f"the decision on promise {promise.number} is written. Nobody has been told yet."
            values = {"commitment": promise.id, "decision": promise.draft}
            return NextStep(words, "Look and publish", "plans.show_decision", values)
    for promise in promises:
        for line in promise.evidence:
            if line.direction == Direction.AGAINST and not line.answers:
                words = f"something goes against promise {promise.number}. Answer it."
                values = {"commitment": promise.id, "evidence": line.id}
                return NextStep(words, "Write an answer", "plans.answer_evidence", values)
    for promise in promises:
        if promise.evidence and not promise.decisions:
            words = f"promise {promise.number} has evidence and no decision."
            return NextStep(words, "Write the decision", "plans.write_decision", {"commitment": promise.id})
    for promise in promises:
        if promise.is_overdue:
            words = f"promise {promise.number} should be done by now. Say how it stands."
            return NextStep(words, "Say how it stands", "plans.say_progress", {"commitment": promise.id}, late=True)
    for promise in promises:
        if not promise.evidence:
            words = f"promise {promise.number} rests on nobody's answers yet."
            return NextStep(words, "Add evidence", "plans.attach_finding", {"commitment": promise.id})
    return None


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 day", "23 days", "1 person", "96 people"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
