#!/usr/bin/env python3
"""Does a second implementation of the main clocks agree with the register?

Written from the provisions and not from the Rust: its calendar, its bank holidays and its way of telling states are its
own. It makes random cases, gives them to the calculator (`cargo run --example law_calculator`) and compares every answer.

    law_oracle.py [--cases 100000] [--seed N] [--calculator PATH]

Exit 1 on a mismatch, with the case printed; 2 where the calculator cannot be run.
"""

import argparse
import json
import random
import subprocess
import sys
from datetime import date, timedelta

sys.dont_write_bytecode = True
from law_clocks import KNOWN, PLAIN, answers, plus_months, weeks

FIRST, LAST = date(2014, 9, 1), date(2040, 6, 30)


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
                add("appeal_conceded", received + timedelta(rng.randrange(30)), matter=rng.choice(["setting_only", "contents", "no_plan"]))
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
    if chance(0.25):
        _, kind, only, done, due, over = rng.choice(PLAIN)
        began = add(kind, max(near(planned, 90), date(2018, 4, 3) if kind == "recommendation_made" else date(2015, 4, 1)), about="plain", **only)
        if chance(0.7):
            add(rng.choice(done), near(due(began), 3), about="plain")
        if over and chance(0.1):
            add(rng.choice(over), near(due(began), 20))
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
