#!/usr/bin/env python3
"""Does a second implementation of the main clocks agree with the register?

Written from the provisions and not from the Rust: its calendar, its bank holidays and its way of telling states are its
own. It makes random cases, gives them to the calculator (`cargo run --example law_calculator`) and compares every answer.

    law_oracle.py [--cases 100000] [--seed N] [--calculator PATH]

Exit 1 on a mismatch, with the case printed; 2 where the calculator cannot be run.
"""

import argparse
import calendar
import json
import random
import subprocess
import sys
from datetime import date, timedelta
from functools import lru_cache

FIRST, LAST = date(2014, 9, 1), date(2040, 6, 30)


# The calendar

def easter(year):
    """Easter Sunday by the anonymous Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return date(year, month, day + 1)


def monday(year, month, last=False):
    days = [date(year, month, d) for d in range(1, calendar.monthrange(year, month)[1] + 1)]
    mondays = [d for d in days if d.weekday() == 0]
    return mondays[-1] if last else mondays[0]


MOVED = {2020: (date(2020, 5, 4), date(2020, 5, 8)), 2022: (date(2022, 5, 30), date(2022, 6, 2))}
EXTRA = {date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)}


@lru_cache(maxsize=None)
def bank_holidays(year):
    sunday = easter(year)
    days = {sunday - timedelta(2), sunday + timedelta(1), monday(year, 5), monday(year, 5, True), monday(year, 8, True)}
    if year in MOVED:
        old, new = MOVED[year]
        days = (days - {old}) | {new}
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while fixed.weekday() > 4 or fixed in days:
            fixed += timedelta(1)
        days.add(fixed)
    return frozenset(days | {d for d in EXTRA if d.year == year})


def working(day):
    return day.weekday() < 5 and (day.year > 2040 or day not in bank_holidays(day.year))


def plus_months(day, n):
    years, month = divmod(day.month - 1 + n, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_from(day, n):
    """The last day of n months of which `day` is the first."""
    years, month = divmod(day.month - 1 + n, 12)
    year, month = day.year + years, month + 1
    if day.day <= calendar.monthrange(year, month)[1]:
        return date(year, month, day.day) - timedelta(1)
    return date(year, month, calendar.monthrange(year, month)[1])


def count_working(day, n, closed=lambda d: False):
    """The nth working day after `day`."""
    while n:
        day += timedelta(1)
        if working(day) and not closed(day):
            n -= 1
    return day


def tribunal_closed(day):
    return day.month == 8 or (day.month, day.day) >= (12, 25) or (day.month, day.day) == (1, 1)


def to_tribunal_day(day):
    if day.month == 8:
        day = date(day.year, 9, 1)
    elif (day.month, day.day) >= (12, 25):
        day = date(day.year + 1, 1, 2)
    elif (day.month, day.day) == (1, 1):
        day = date(day.year, 1, 2)
    while not working(day):
        day += timedelta(1)
    return day


def five_months_before(day):
    found = day - timedelta(160)
    while plus_months(found + timedelta(1), 5) <= day:
        found += timedelta(1)
    return found


def weeks(day, n):
    return day + timedelta(7 * n)


# A case: facts in a list, read by kind

class Case:
    def __init__(self, facts, today):
        self.facts, self.today, self.answers = facts, today, []

    def all(self, kind, since=None, **wanted):
        """The days of the facts of a kind, ascending; `wanted` compares attributes, `about` both ways."""
        found = []
        for fact in self.facts:
            if fact["fact"] != kind or (since and fact["on"] < since):
                continue
            if all(self.agrees(fact, name, value) for name, value in wanted.items()):
                found.append(fact["on"])
        return sorted(found)

    @staticmethod
    def agrees(fact, name, value):
        if name == "about":
            return value is None or fact.get("about") in (None, value)
        return fact.get(name) in value if isinstance(value, tuple) else fact.get(name) == value

    def first(self, kind, since=None, **wanted):
        return next(iter(self.all(kind, since, **wanted)), None)

    def claimed(self, prefix, start, due):
        """The paragraphs claimed under a provision whose terms are met between two days."""
        found = set()
        for fact in self.facts:
            if fact["fact"] != "exception_claimed" or not fact["paragraph"].startswith(prefix):
                continue
            begin, end = fact["from"], fact["to"]
            letter = fact["paragraph"][-1]
            shared = (min(end, due) - max(begin, start)).days + 1
            if letter == "e":
                fits = shared > 0 and date(2020, 5, 1) <= due <= date(2020, 9, 25)
            elif letter in "ab":
                asked = fact.get("askedOn")
                requests = [f["on"] for f in self.facts
                            if f["fact"] == "advice_request_received" and f.get("adviceGiver") == "education"]
                opens, closes = begin - timedelta(7), end + timedelta(1) - timedelta(7)
                tried = [asked] if asked else requests
                fits = (end - begin).days >= 27 and (not tried or any(opens <= day <= closes for day in tried))
            else:
                fits = shared >= 28 if letter == "d" else shared > 0
            if fits:
                found.add(fact["paragraph"])
        return sorted(found)

    def duty(self, rule, start, due, met=None, gone=None, excuses=(), about=None, right=False):
        """One duty: met counts unless it was gone on an earlier day."""
        if gone and (met is None or gone < met):
            state = "fell_away"
        elif met:
            state = "met" if met <= due else ("excused" if excuses else "late")
        elif self.today <= due:
            state = "running"
        elif right:
            state = "fell_away"
        else:
            state = "excused" if excuses else "overdue"
        self.answers.append((rule, about, start, due, met, state, tuple(excuses)))


def earliest(*days):
    return min((day for day in days if day), default=None)


def set_aside(aside, restored, start):
    """The first day from which it stays set aside."""
    last = max([day for day in restored] + [start])
    return earliest(*[day for day in aside if day >= last])


# The clocks

def assessment(case):
    start = case.first("request_received")
    if not start:
        return
    gone = earliest(case.first("request_withdrawn", start), case.first("responsibility_ended", start))
    ordered = earliest(gone, case.first("order_made", start), case.first("mediation_agreement_reached", start))
    decided = case.first("assessment_decision_notified", start)
    refused = case.all("assessment_decision_notified", start, outcome="refuse")
    assessed = case.all("assessment_decision_notified", start, outcome="assess")
    no_plan = case.all("plan_decision_notified", start, outcome="no_plan")
    plan = case.all("plan_decision_notified", start, outcome="issue")
    drafts, finals = case.all("draft_plan_served", start), case.all("final_plan_sent", start)

    due = weeks(start, 6)
    case.duty("D-6W", start, due, decided, gone, case.claimed("X5.4", start, due))

    due = weeks(start, 16)
    met = earliest(*no_plan)
    aside = set_aside(refused + plan + drafts + finals, assessed + no_plan, start)
    case.duty("D-16W", start, due, met, first_gone(met, ordered, aside), case.claimed("X10.4", start, due))

    due = weeks(start, 20)
    met = earliest(*finals)
    aside = set_aside(refused + no_plan, assessed + plan + drafts + finals, start)
    case.duty("D-20W", start, due, met, first_gone(met, ordered, aside), case.claimed("X13.3", start, due))

    met = earliest(*drafts)
    over = earliest(ordered, *finals)
    case.duty("D-DRAFT", start, due - timedelta(15), met, first_gone(met, over, aside))


def first_gone(met, ended, aside):
    """What ends a duty before it is met: for good first, otherwise what set it aside."""
    for day in (ended, aside):
        if day and (met is None or day < met):
            return day
    return None


def advice(case):
    for about in {f.get("about") for f in case.facts if f["fact"] == "advice_request_received"}:
        start = min(f["on"] for f in case.facts if f["fact"] == "advice_request_received" and f.get("about") == about)
        over = earliest(case.first("request_withdrawn", start), case.first("responsibility_ended", start),
                        case.first("assessment_decision_notified", start, outcome="refuse"),
                        case.first("plan_decision_notified", start, outcome="no_plan"), case.first("final_plan_sent", start))
        case.duty("D-ADV", start, weeks(start, 6), case.first("advice_returned", start, about=about), over, about=about)


def windows(case):
    for about in {f.get("about") for f in case.facts if f["fact"] == "draft_plan_served"}:
        start = min(f["on"] for f in case.facts if f["fact"] == "draft_plan_served" and f.get("about") == about)
        last = start + timedelta(14)
        final, enough = case.first("final_plan_sent", start), case.first("representations_complete", start, about=about)
        if final and final <= last and not (enough and enough <= final):
            state = "cut_short"
        elif enough or case.today > last:
            state = "met"
        else:
            state = "running"
        case.answers.append(("D-REPS15", about, start, last, enough, state, ()))


def reviews(case):
    kept = case.all("final_plan_sent") + case.all("review_decision_notified", outcome=("maintain", "amend"))
    over = lambda since: earliest(*[case.first(k, since) for k in ("plan_ceased", "plan_transferred", "responsibility_ended")])
    for fact in case.facts:
        decided = fact["fact"] == "review_decision_notified" and fact["outcome"] != "cease"
        if decided or fact["fact"] == "final_plan_sent":
            start = fact["on"]
            since = start + timedelta(1) if decided else start
            met = case.first("review_decision_notified", since)
            case.duty("D-AR12", start, months_from(start, 12), met, over(start), about=fact.get("about"))
    for about in {f.get("about") for f in case.facts if f["fact"] == "review_meeting_held"}:
        start = min(f["on"] for f in case.facts if f["fact"] == "review_meeting_held" and f.get("about") == about)
        made = max([day for day in kept if day < start], default=None)
        year = months_from(made, 12) if made else None
        four = weeks(start, 4)
        if year and start <= year:
            four = min(four, year)
        unamended = earliest(over(start), case.first("amendment_declined_notified", start, about=about),
                             case.first("review_decision_notified", start, about=about, outcome=("maintain", "cease")))
        case.duty("D-AR-REPORT", start, weeks(start, 2), case.first("review_report_sent", start, about=about), over(start), about=about)
        case.duty("D-AR-DEC", start, four, case.first("review_decision_notified", start, about=about), over(start), about=about)
        case.duty("D-AR-AMEND", start, four, case.first("amendment_notice_sent", start, about=about), unamended, about=about)
        case.duty("D-AR-FINAL12", start, weeks(start, 12), case.first("amended_plan_sent", start, about=about), unamended, about=about)
    for about in {f.get("about") for f in case.facts if f["fact"] == "amendment_notice_sent"}:
        start = min(f["on"] for f in case.facts if f["fact"] == "amendment_notice_sent" and f.get("about") == about)
        unamended = earliest(over(start), case.first("amendment_declined_notified", start, about=about),
                             case.first("review_decision_notified", start, about=about, outcome=("maintain", "cease")))
        amended = case.first("amended_plan_sent", start, about=about)
        case.duty("D-AR-FINAL8", start, weeks(start, 8), amended, unamended, about=about)
        case.duty("D-AR-NOAMEND", start, weeks(start, 8), case.first("amendment_declined_notified", start, about=about),
                  earliest(over(start), amended), about=about)


def appeals(case):
    notice, certificate = case.first("decision_notice_sent"), case.first("mediation_certificate_issued")
    if notice:
        last = plus_months(notice, 2)
        if certificate:
            last = max(last, plus_months(certificate, 1))
        case.duty("AP-1", notice, to_tribunal_day(last), case.first("appeal_received", notice),
                  case.first("responsibility_ended", notice), right=True)
        case.duty("M-CONTACT", notice, plus_months(notice, 2), case.first("mediation_certificate_issued", notice),
                  case.first("responsibility_ended", notice), right=True)
    received = case.first("appeal_received")
    if received:
        case.duty("AP-2", received, count_working(received, 30, tribunal_closed), case.first("appeal_response_sent", received),
                  earliest(case.first("appeal_conceded", received), case.first("responsibility_ended", received)))


def orders(case):
    made = case.first("order_made")
    if not made:
        return
    order = next(f["order"] for f in case.facts if f["fact"] == "order_made")
    over = case.first("responsibility_ended", made)
    final, draft = case.first("final_plan_sent", made), case.first("draft_plan_served", made)
    no_plan = case.all("plan_decision_notified", made, outcome="no_plan") + case.all("amendment_declined_notified", made)
    ends = case.all("final_plan_sent", made) + case.all("reassessed_plan_sent", made)
    plan = ends + case.all("plan_decision_notified", made, outcome="issue") + case.all("draft_plan_served", made)
    if order == "assess":
        begun = earliest(case.first("assessment_decision_notified", made, outcome="assess"),
                         case.first("reassessment_decision_notified", made, outcome="reassess"))
        case.duty("T44-b0", made, weeks(made, 2), begun, over)
        none, sent = earliest(*no_plan), earliest(*ends)
        case.duty("T44-b1", made, weeks(made, 10), none, first_gone(none, over, set_aside(plan, no_plan, made)))
        case.duty("T44-b2", made, weeks(made, 14), sent, first_gone(sent, over, set_aside(no_plan, plan, made)))
    elif order == "make_plan":
        case.duty("T44-c1", made, weeks(made, 5), draft, over)
        case.duty("T44-c2", made, weeks(made, 11), final, over)
    else:
        rule, length = {"amend_contents": ("T44-e", 5), "amend_setting": ("T44-f", 2), "continue_and_amend": ("T44-h", 5)}[order]
        case.duty(rule, made, weeks(made, length), case.first("amended_plan_sent", made), over)


def moves(case):
    for kind, rule, done in (("move_known", "MV-1", "plan_transferred"), ("health_body_move_known", "IC-1", "new_health_body_notified")):
        for fact in (f for f in case.facts if f["fact"] == kind):
            start, move = fact["on"], fact.get("movesOn")
            due = count_working(start - timedelta(1), 15)
            if move and count_working(start, 15) <= move:
                due = move
            gone = case.first("plan_ceased", start) if rule == "MV-1" else None
            case.duty(rule, start, due, case.first(done, start), gone)
    start = case.first("plan_transferred")
    if start:
        gone = case.first("plan_ceased", start)
        case.duty("MV-2", start, weeks(start, 6), case.first("transfer_told_to_family", start), gone)
        kept = case.all("final_plan_sent") + case.all("review_decision_notified", outcome=("maintain", "amend"))
        made = max([day for day in kept if day <= start], default=None)
        due = max(filter(None, [months_from(start, 3), made and months_from(made, 12)]))
        case.duty("MV-3", start, due, case.first("review_decision_notified", start), gone)


def transitions(case):
    for fact in case.facts:
        start, over = fact["on"], earliest(*[case.first(k, fact["on"]) for k in ("plan_ceased", "plan_transferred", "responsibility_ended")])
        if fact["fact"] == "phase_transfer_planned":
            year = fact["transferOn"].year
            rule, due = {"primary_to_secondary": ("PH-1", date(year, 2, 14)), "secondary_to_post16": ("PH-2", date(year, 3, 30)),
                         "between_post16": ("PH-3", five_months_before(fact["transferOn"]))}[fact["kind"]]
            case.duty(rule, start, due, case.first("transfer_setting_named", None if due < start else start), over)
        elif fact["fact"] == "reassessment_requested":
            case.duty("RA-1", start, start + timedelta(15), case.first("reassessment_decision_notified", start), over)
        elif fact["fact"] == "reassessment_decision_notified" and fact["outcome"] == "reassess":
            over = earliest(over, case.first("amendment_declined_notified", start))
            case.duty("RA-2", start, weeks(start, 14), case.first("reassessed_plan_sent", start), over)
        elif fact["fact"] == "direct_payments_started":
            over = earliest(case.first("plan_ceased", start), case.first("responsibility_ended", start))
            case.duty("PB-1", start, months_from(start, 3), case.first("direct_payments_reviewed", start), over)


CLOCKS = (assessment, advice, windows, reviews, appeals, orders, moves, transitions)
KNOWN = {"D-6W", "D-16W", "D-20W", "D-DRAFT", "D-ADV", "D-REPS15", "D-AR12", "D-AR-REPORT", "D-AR-DEC", "D-AR-AMEND",
         "D-AR-FINAL8", "D-AR-FINAL12", "D-AR-NOAMEND", "AP-1", "M-CONTACT", "AP-2", "T44-b0", "T44-b1", "T44-b2", "T44-c1",
         "T44-c2", "T44-e", "T44-f", "T44-h", "MV-1", "MV-2", "MV-3", "IC-1", "PH-1", "PH-2", "PH-3", "RA-1", "RA-2", "PB-1"}


def answers(facts, today):
    case = Case(facts, today)
    for clock in CLOCKS:
        clock(case)
    return sorted(case.answers, key=repr)


# Random cases

def random_case(rng):
    start = FIRST + timedelta(rng.randrange((LAST - FIRST).days))
    if rng.random() < 0.1:
        start = date(2020, 1, 1) + timedelta(rng.randrange(240))
    facts, near = [], lambda around, spread: around + timedelta(max(-20, round(rng.gauss(0, spread))))

    def add(fact, on, **attributes):
        on = max(on, FIRST)
        facts.append({"fact": fact, "on": on, **{k: v for k, v in attributes.items() if v is not None}})
        return on

    chance = lambda p: rng.random() < p
    if chance(0.6):
        add("request_received", start)
        if chance(0.9):
            outcome = rng.choice(["assess", "assess", "assess", "refuse"])
            add("assessment_decision_notified", near(weeks(start, 6), 4), outcome=outcome)
            if outcome == "refuse" and chance(0.4):
                add("assessment_decision_notified", near(weeks(start, 12), 10), outcome="assess")
        for number in range(rng.randrange(4)):
            asked = add("advice_request_received", near(weeks(start, 7), 6), about=f"advice-{number}",
                        adviceGiver=rng.choice(["education", "health", "psychology"]))
            if chance(0.8):
                add("advice_returned", near(weeks(asked, 6), 3), about=f"advice-{number}")
        if chance(0.7):
            add("plan_decision_notified", near(weeks(start, 15), 12), outcome=rng.choice(["issue", "issue", "no_plan"]))
        for number in range(rng.randrange(3)):
            served = add("draft_plan_served", near(weeks(start, 17), 10), about=f"draft-{number}")
            if chance(0.2):
                add("representations_complete", served + timedelta(rng.randrange(16)), about=f"draft-{number}")
        if chance(0.7):
            add("final_plan_sent", near(weeks(start, 20), rng.choice([1, 30])))
        if chance(0.1):
            add("request_withdrawn", near(weeks(start, 14), 30))
        for _ in range(rng.randrange(3)):
            begin = near(weeks(start, rng.choice([2, 8, 16])), 30)
            end = begin + timedelta(rng.choice([0, 10, 26, 27, 28, 45]))
            asked = begin - timedelta(rng.choice([0, 6, 7, 8])) if chance(0.3) else None
            add("exception_claimed", begin, paragraph=rng.choice(["X5.4", "X10.4", "X13.3"]) + rng.choice("abcde"),
                **{"from": begin, "to": end, "askedOn": asked})
    else:
        add("final_plan_sent", start)
    planned = start + timedelta(150)
    if chance(0.4):
        for number in range(rng.randrange(1, 4)):
            about = f"review-{number}"
            planned += timedelta(round(rng.gauss(335, 20)))
            add("review_meeting_held", planned, about=about)
            if chance(0.7):
                add("review_report_sent", near(weeks(planned, 2), 2), about=about)
            if chance(0.8):
                add("review_decision_notified", near(weeks(planned, 4), 3), about=about, outcome=rng.choice(["maintain", "amend", "amend", "cease"]))
            if chance(0.5):
                sent = add("amendment_notice_sent", near(weeks(planned, 4), 3), about=about)
                if chance(0.7):
                    add("amended_plan_sent", near(weeks(sent, 8), 4), about=about)
                if chance(0.1):
                    add("amendment_declined_notified", near(weeks(sent, 8), 4), about=about)
    if chance(0.3):
        sent = add("decision_notice_sent", near(planned, 60), matter=rng.choice(["refusal_to_assess", "contents", "no_plan"]))
        certified = add("mediation_certificate_issued", sent + timedelta(rng.randrange(90))) if chance(0.6) else None
        if chance(0.6):
            received = add("appeal_received", near(plus_months(certified or sent, 1), 20))
            if chance(0.6):
                add("appeal_response_sent", received + timedelta(rng.randrange(30, 80)))
            elif chance(0.3):
                add("appeal_conceded", received + timedelta(rng.randrange(30)), matter="setting_only")
    if chance(0.2):
        add("order_made", near(planned, 90), order=rng.choice(["assess", "make_plan", "amend_contents", "amend_setting", "continue_and_amend"]))
    if chance(0.15):
        known = near(planned, 90)
        add("move_known", known, movesOn=known + timedelta(rng.randrange(-5, 60)) if chance(0.5) else None)
        if chance(0.7):
            moved = add("plan_transferred", known + timedelta(rng.randrange(60)))
            if chance(0.5):
                add("transfer_told_to_family", moved + timedelta(rng.randrange(60)))
    if chance(0.1):
        known = near(planned, 90)
        add("health_body_move_known", known, movesOn=known + timedelta(rng.randrange(60)) if chance(0.5) else None)
        add("new_health_body_notified", known + timedelta(rng.randrange(40)))
    if chance(0.15):
        known = near(planned, 90)
        add("phase_transfer_planned", known, kind=rng.choice(["primary_to_secondary", "secondary_to_post16", "between_post16"]),
            transferOn=known + timedelta(rng.randrange(100, 500)))
        if chance(0.5):
            add("transfer_setting_named", known + timedelta(rng.randrange(400)))
    if chance(0.15):
        asked = add("reassessment_requested", near(planned, 90))
        told = add("reassessment_decision_notified", asked + timedelta(rng.randrange(30)), outcome=rng.choice(["reassess", "refuse"]))
        if chance(0.6):
            add("reassessed_plan_sent", told + timedelta(rng.randrange(150)))
    if chance(0.1):
        paid = add("direct_payments_started", near(planned, 90))
        if chance(0.6):
            add("direct_payments_reviewed", paid + timedelta(rng.randrange(150)))
    if chance(0.05):
        add(rng.choice(["plan_ceased", "responsibility_ended"]), near(planned, 120))
    rng.shuffle(facts)
    return facts, start + timedelta(rng.randrange(900))


# The comparison

def written(value):
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(value)


def day(text):
    return date.fromisoformat(text) if text else None


def told(line):
    found = [(rule, about, day(start), day(due), day(met), state, tuple(sorted(excuses)))
             for rule, about, start, due, met, state, excuses in json.loads(line) if rule in KNOWN]
    return sorted(found, key=repr)


def compare(calculator, cases, seed):
    rng, checked, duties = random.Random(seed), 0, 0
    while checked < cases:
        batch = [random_case(rng) for _ in range(min(20_000, cases - checked))]
        lines = "\n".join(json.dumps({"today": today, "facts": facts}, default=written) for facts, today in batch)
        run = subprocess.run(calculator, input=lines + "\n", capture_output=True, text=True)
        answered = run.stdout.splitlines()
        if run.returncode or len(answered) != len(batch):
            print(run.stderr[-2000:] or "the calculator gave no answer to some cases", file=sys.stderr)
            return 2
        for (facts, today), line in zip(batch, answered):
            ours, theirs = answers(facts, today), told(line)
            duties += len(ours)
            if ours != theirs:
                print(f"seed {seed}: the two disagree on", json.dumps({"today": today, "facts": facts}, default=written))
                for label, mine, other in (("only here", ours, theirs), ("only in the register", theirs, ours)):
                    for answer in mine:
                        if answer not in other:
                            print(f"  {label}:", json.dumps(answer, default=written))
                return 1
        checked += len(batch)
    print(f"law oracle: {checked} cases, {duties} duties, seed {seed}: the two agree")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    parser.add_argument("--calculator", help="a built calculator; otherwise cargo builds and runs the example")
    options = parser.parse_args()
    cargo = ["cargo", "run", "--quiet", "--example", "law_calculator"]
    try:
        return compare([options.calculator] if options.calculator else cargo, options.cases, options.seed)
    except OSError as problem:
        print(f"the calculator cannot be run: {problem}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
