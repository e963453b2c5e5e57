"""When is what due? The main clocks a second time, for law_oracle.py, read from the provisions and not from the Rust."""

import calendar
from datetime import date, timedelta
from functools import lru_cache


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

OF_THE_CASE = {"request_received", "request_withdrawn", "responsibility_ended", "assessment_decision_notified",
               "plan_decision_notified", "final_plan_sent", "plan_ceased", "plan_transferred"}


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
            return value is None or fact["fact"] in OF_THE_CASE or fact.get("about") in (None, value)
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


def same(one, other):
    return one is None or other is None or one == other


def appeals(case):
    kinds = ("decision_notice_sent", "mediation_certificate_issued")
    papers = [(f["on"], kinds.index(f["fact"]), f.get("about")) for f in case.facts if f["fact"] in kinds]
    for start, kind, about in papers:
        over = case.first("responsibility_ended", start, about=about)
        before = [p for p in papers if p[:2] < (start, kind) and (same(about, p[2]) if p[1] != kind else about and about == p[2])]
        if not before:
            certified = [on for on, paper, other in papers if paper == 1 and on >= start and same(about, other)]
            last = max([plus_months(start, 1 if kind else 2)] + [plus_months(on, 1) for on in certified])
            case.duty("AP-1", start, to_tribunal_day(last), case.first("appeal_received", start, about=about), over, about=about, right=True)
        if kind == 0:
            done = earliest(*[case.first(k, start, about=about) for k in
                              ("mediation_adviser_contacted", "mediation_declined", "mediation_certificate_issued")])
            over = earliest(over, case.first("appeal_ended", start, about=about))
            case.duty("M-CONTACT", start, plus_months(start, 2), done, over, about=about, right=True)
    received = case.first("appeal_received")
    if received:
        over = earliest(*[case.first(k, received) for k in ("appeal_conceded", "responsibility_ended", "appeal_ended")])
        case.duty("AP-2", received, count_working(received, 30, tribunal_closed), case.first("appeal_response_sent", received), over)


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
            over = earliest(over, case.first("request_withdrawn", start))
            case.duty("RA-1", start, start + timedelta(15), case.first("reassessment_decision_notified", start), over)
        elif fact["fact"] == "reassessment_decision_notified" and fact["outcome"] == "reassess":
            over = earliest(over, case.first("amendment_declined_notified", start), case.first("request_withdrawn", start))
            case.duty("RA-2", start, weeks(start, 14), case.first("reassessed_plan_sent", start), over)
        elif fact["fact"] == "direct_payments_started":
            over = earliest(case.first("plan_ceased", start), case.first("responsibility_ended", start))
            case.duty("PB-1", start, months_from(start, 3), case.first("direct_payments_reviewed", start), over)


def plain(case):
    """The limits that one fact starts and one other meets: (rule, start, its attribute, met by, day due)."""
    for rule, kind, only, done, due, over in PLAIN:
        for fact in case.facts:
            if fact["fact"] != kind or any(fact.get(name) != value for name, value in only.items()):
                continue
            start = fact["on"]
            old = start < date(2015, 3, 23)
            if rule == "T45-b" and old or rule == "REC-5W" and start < date(2018, 4, 3):
                continue
            last = weeks(start, 4) if rule == "T45-c" and old else due(start)
            back = last < start
            met = earliest(*[case.first(k, None if back else start, about=fact.get("about") if tied(rule) else None) for k in done])
            gone = earliest(*[case.first(k, start, about=fact.get("about") if tied(rule) else None) for k in over])
            case.duty(rule, start, last, met, gone, about=fact.get("about"))


def tied(rule):
    return not rule.startswith("T45")


def work(n):
    return lambda start: count_working(start, n)


def later(days):
    return lambda start: start + timedelta(days)


AWAY, SETTLED = ("responsibility_ended",), ("responsibility_ended", "appeal_ended")
CERTIFIED = ("mediation_certificate_issued",)
PLAIN = (
    ("D-SCHCONS15", "consultation_received", {}, ("consultation_replied",), later(15), ("request_withdrawn", "responsibility_ended", "final_plan_sent")),
    ("M-CERT-NO", "mediation_declined", {}, CERTIFIED, work(3), SETTLED),
    ("M-CERT-FAIL", "mediation_not_arranged", {}, CERTIFIED, work(3), SETTLED),
    ("M-CERT-YES", "mediation_ended", {}, CERTIFIED, work(3), SETTLED),
    ("M-HEALTH", "health_issue_raised", {}, ("health_body_told_of_mediation",), work(3), SETTLED),
    ("M-ARR-LA", "mediation_requested", {}, ("mediation_held",), later(30), SETTLED + ("mediation_declined",)),
    ("M-DO-OTH", "mediation_agreement_reached", {"order": "other"}, ("agreement_carried_out",), later(14), AWAY),
    ("IC-2", "health_body_change_known", {}, ("new_health_body_notified",), work(15), ()),
    ("IC-3", "health_provision_impracticable", {}, ("health_body_asked_for_review",), work(15), ()),
    ("REC-5W", "recommendation_made", {}, ("recommendation_answered",), later(35), AWAY),
    ("D-AR-LIST", "term_starts", {}, ("review_list_sent",), later(-14), ()),
    ("T45-b", "appeal_conceded", {"matter": "no_plan"}, ("draft_plan_served",), later(35), AWAY),
    ("T45-b", "appeal_conceded", {"matter": "no_plan"}, ("final_plan_sent",), later(77), AWAY),
    ("T45-i", "appeal_conceded", {"matter": "setting_only"}, ("amended_plan_sent",), later(14), AWAY),
    ("T45-c", "appeal_conceded", {"matter": "contents"}, ("amended_plan_sent",), later(35), AWAY),
    ("LAC-1", "became_looked_after", {}, ("care_review_held",), work(20), ("looked_after_ended",)),
)

CLOCKS = (plain, assessment, advice, windows, reviews, appeals, orders, moves, transitions)
KNOWN = {"D-6W", "D-16W", "D-20W", "D-DRAFT", "D-ADV", "D-REPS15", "D-AR12", "D-AR-REPORT", "D-AR-DEC", "D-AR-AMEND",
         "D-AR-FINAL8", "D-AR-FINAL12", "D-AR-NOAMEND", "AP-1", "M-CONTACT", "AP-2", "T44-b0", "T44-b1", "T44-b2", "T44-c1",
         "T44-c2", "T44-e", "T44-f", "T44-h", "MV-1", "MV-2", "MV-3", "IC-1", "PH-1", "PH-2", "PH-3", "RA-1", "RA-2", "PB-1"} | {row[0] for row in PLAIN}


def answers(facts, today):
    case = Case(facts, today)
    for clock in CLOCKS:
        clock(case)
    return sorted(case.answers, key=repr)
