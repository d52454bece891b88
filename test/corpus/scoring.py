"""Compares what a tool reports with labels made by hand.

A report belongs to the nearest label in the file of its storage or accessor, at
most NEAR lines away, the positive one of two equally near. One that belongs to
no label counts as a false positive: labels are meant to be complete.

Two questions are asked of the same labels:

    singletons  the rules that pair storage with an accessor. target=yes is
                positive, target=no negative, target=debatable left out.
    all state   every rule: mutable=yes is positive, mutable=no negative.
"""

import csv
import re
from collections import Counter
from dataclasses import dataclass, field

NEAR = 2
SINGLETON_RULES = frozenset(
    f"isolation-{name}-singleton" for name in
    ("function-local", "namespace-scope", "class-static", "library",
     "thread-local"))
REPORTED = ("shared-mutable", "process-resource")
COLUMNS = ("repo", "file", "line", "accessor", "storage", "idiom", "mutable",
           "comment")
UNITS = (".c", ".cc", ".cpp", ".cxx", ".c++", ".C")


class BadLabels(Exception):
    """What is wrong with a file of labels, with its place."""


@dataclass(frozen=True)
class Label:
    """One storage that a person has read and judged."""

    repo: str
    file: str  # relative to the repository's root
    line: int
    accessor: str
    storage: str
    idiom: str
    mutable: str  # yes, no
    target: str  # yes, no, debatable
    comment: str

    def expects(self, all_state):
        """yes, no, or what is not counted."""
        return self.mutable if all_state else self.target

    def rule(self):
        """The rule that is to report it, as far as the storage says."""
        text = f"{self.storage} {self.idiom}"
        singleton = self.target == "yes"
        if "thread_local" in text or "thread-local" in text:
            return "isolation-thread-local-singleton"
        # Of a macro's expansion only the idiom says what it declares.
        if re.search(r"function-local|macro-(meyers|counter)", text):
            return ("isolation-function-local-singleton" if singleton
                    else "isolation-static-local-state")
        if not singleton:
            return "isolation-mutable-global"
        return ("isolation-class-static-singleton" if "class-static" in text
                else "isolation-namespace-scope-singleton")


@dataclass(frozen=True)
class Report:
    """One thing that a tool reports: a rule and the places it names."""

    rule: str
    places: tuple[tuple[str, int], ...]
    what: str = ""


@dataclass
class Score:
    """Counts, and one line of text for each that is wrong."""

    count: Counter = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self):
        return share(self.count["tp"], self.count["fp"])

    @property
    def recall(self):
        return share(self.count["tp"], self.count["fn"])

    @property
    def f1(self):
        """Nothing found where nothing was to be found is no figure."""
        both = [x for x in (self.precision, self.recall) if x is not None]
        if not both:
            return None
        if len(both) < 2 or not sum(both):
            return 0.0
        return 2 * both[0] * both[1] / sum(both)

    def add(self, other):
        self.count.update(other.count)
        self.wrong += other.wrong
        return self


def share(right, wrong):
    return right / (right + wrong) if right + wrong else None


def read_labels(path):
    """The labels of one repository."""
    with open(path, newline="") as text:
        rows = csv.DictReader(text)
        missing = set(COLUMNS) - set(rows.fieldnames or ())
        if missing:
            raise BadLabels(f"{path}: no column '{sorted(missing)[0]}'; the "
                            f"columns are {','.join(COLUMNS)}")
        return [label(row, f"{path}:{rows.line_num}") for row in rows]


def label(row, where):
    target = re.match(r"target=(yes|no|debatable)\s*(;|$)", row["comment"])
    mutable = row["mutable"].strip()
    if not target:
        raise BadLabels(f"{where}: a comment starts with target=yes, "
                        f"target=no or target=debatable, not "
                        f"'{row['comment'][:30]}'")
    if mutable not in ("yes", "no"):
        raise BadLabels(f"{where}: mutable is yes or no, not '{mutable}'")
    if not row["line"].strip().isdigit():
        raise BadLabels(f"{where}: line is a number, not '{row['line']}'")
    return Label(row["repo"], row["file"], int(row["line"]), row["accessor"],
                 row["storage"], row["idiom"], mutable, target[1],
                 row["comment"])


def read_alternatives(path, repo):
    """Further declarations of labelled storage: {place: labelled place}."""
    with open(path, newline="") as text:
        return {(row["file"], int(row["line"])):
                (row["canonical_file"], int(row["canonical_line"]))
                for row in csv.DictReader(text) if row["repo"] == repo}


def reports_of_check(report, alternatives=None):
    """The reports of `unsingleton check --format=json`."""
    alternatives = alternatives or {}
    for finding in report["findings"]:
        # Rules without a verdict report what they report.
        if finding.get("verdict", REPORTED[0]) not in REPORTED:
            continue
        places = [(at["file"], at["line"])
                  for at in (finding.get("accessor"), finding.get("storage"))
                  if at and "file" in at]
        places += [alternatives[at] for at in places if at in alternatives]
        yield Report(finding["rule"], tuple(places), finding.get("type", ""))


def within(reports, folders):
    """Those that name a place below one of the folders; no folders: all."""
    inside = tuple(folder.rstrip("/") + "/" for folder in folders)
    return [r for r in reports
            if not inside or any(f.startswith(inside) for f, _ in r.places)]


def uncompiled(labels, reports, sources):
    """Labels that no unit shows: they cannot be missed.

    A source file that is no unit, or code that the label says is not compiled.
    What is reported all the same was compiled.
    """
    owned = {at for _, at in owners(labels, reports, False)}
    return [entry for at, entry in enumerate(labels)
            if at not in owned
            and ("NOT COMPILED" in entry.comment
                 or (entry.file.endswith(UNITS)
                     and entry.file not in sources))]


def owners(labels, reports, all_state):
    """(report, number of its label), for reports that belong to one."""
    for report in reports:
        ranked = sorted((distance(entry, report),
                         entry.expects(all_state) != "yes", at)
                        for at, entry in enumerate(labels))
        if ranked and ranked[0][0] <= NEAR:
            yield report, ranked[0][2]


def distance(entry, report):
    return min((abs(line - entry.line) for file, line in report.places
                if file == entry.file), default=NEAR + 1)


def score(labels, reports, all_state):
    """{rule: Score}, and under None the score of all rules together.

    A label that was found counts under the rule that found it, one that was
    missed under the rule that its storage calls for.
    """
    if not all_state:
        reports = [r for r in reports if r.rule in SINGLETON_RULES
                   or not r.rule.startswith("isolation-")]
    scores = {None: Score()}
    found = {}
    for report, at in owners(labels, reports, all_state):
        found.setdefault(at, report)

    def note(kind, rule, text):
        for key in (None, rule):
            scores.setdefault(key, Score()).count[kind] += 1
            if kind in ("fp", "fn"):
                scores[key].wrong.append(f"{kind} {text}")

    for at, entry in enumerate(labels):
        expects = entry.expects(all_state)
        if expects not in ("yes", "no"):
            continue
        rule = found[at].rule if at in found else entry.rule()
        kind = ("tp" if expects == "yes" else "fp") if at in found else (
            "fn" if expects == "yes" else "tn")
        note(kind, rule, f"{entry.file}:{entry.line} {entry.accessor} "
             f"[{entry.idiom}] {entry.comment}")
    belonging = {id(report) for report, _ in owners(labels, reports,
                                                    all_state)}
    for report in reports:
        if id(report) not in belonging:
            places = ", ".join(f"{file}:{line}"
                               for file, line in report.places)
            note("fp", report.rule,
                 f"(unlabelled) {places} {report.rule} {report.what}")
    return scores
