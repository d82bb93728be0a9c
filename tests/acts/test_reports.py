"""Reports are signed off and issued, once, under a number that no other ever has."""

from __future__ import annotations

import json
from dataclasses import replace

import sqlalchemy as sa

from tests.factories import records
from tests.factories.issued_reports import DATA, SHORT, draft_of, file_of, issued
from tracker.acts import bodies, publications, reports
from tracker.acts.act_context import ActContext
from tracker.acts.reports import ErratumTo
from tracker.jobs.table import Job, JobState
from tracker.record import ledger_tables
from tracker.record.issued_reports import IssuedFile, IssuedReport, ReportWithholding
from tracker.record.verification import verify
from tracker.reports.models import ReportKind
from tracker.rules.codes import FileVariant, Role, Visibility, WithheldFor
from tracker.rules.refusals import Refusal

from .staffed_body import StaffedBody, refused


def governance(office: StaffedBody, number: int = 1, days: int = 30) -> ActContext:
    return office.context(Role.GOVERNANCE, number, days=days)


def jobs(office: StaffedBody) -> list[Job]:
    found = sa.select(Job).where(Job.kind == reports.ISSUE).order_by(Job.id)
    return list(office.session.scalars(found.where(Job.body_id == office.all.body_id)))


def set_setting(office: StaffedBody, name: str, value: str) -> None:
    bodies.set_setting(office.context(Role.ADMINISTRATOR, days=30), name, value)


def test_a_report_gets_the_next_number_and_a_job_for_its_files(office: StaffedBody) -> None:
    set_setting(office, "report_prefix", "PA")
    context = governance(office)
    first = issued(context, office.convention, with_files=False)
    slug = office.convention.slug
    assert (first.number, first.running) == (f"PA-{slug}-1", 1)
    assert json.loads(jobs(office)[-1].arguments) == {"report": first.id, "number": first.number}
    event = office.event(first)
    assert (event.kind, event.subject_type) == ("report_issued", "convention")
    set_setting(office, "report_prefix", "QB")
    second = issued(context, office.convention)
    set_setting(office, "report_prefix", "PA")
    third = issued(context, office.convention)
    assert [second.number, third.number] == [f"QB-{slug}-1", f"PA-{slug}-2"]
    assert list(verify(office.session, office.all.body_id)) == []


def test_a_report_of_several_conventions_is_numbered_by_itself(office: StaffedBody) -> None:
    set_setting(office, "report_prefix", "PA")
    draft = replace(
        draft_of(governance(office), office.convention, ReportKind.YEARS),
        convention_ids=tuple(convention.id for convention in office.player.conventions),
    )
    report = reports.issue(governance(office), draft, DATA, SHORT)
    assert (report.number, report.convention_id) == ("PA-all-1", None)
    assert office.event(report).subject_type == "body"


def test_the_same_draft_is_issued_once(office: StaffedBody) -> None:
    draft = draft_of(governance(office), office.convention)
    reports.issue(governance(office), draft, DATA, SHORT)
    refused(Refusal.ALREADY_ISSUED, reports.issue, governance(office, 2), draft, DATA, SHORT)
    refused(Refusal.ALREADY_ISSUED, reports.sign_off, governance(office, 2), draft, DATA)


def test_a_draft_of_which_something_was_withheld_is_not_issued(office: StaffedBody) -> None:
    draft = draft_of(governance(office), office.convention)
    now = "0" * 64
    refused(Refusal.DRAFT_HAS_CHANGED, reports.issue, governance(office), draft, now, SHORT)
    refused(Refusal.DRAFT_HAS_CHANGED, reports.sign_off, governance(office), draft, now)


def test_nothing_is_issued_of_a_hidden_convention(office: StaffedBody) -> None:
    publications.set_publication(governance(office), office.convention, Visibility.HIDDEN)
    draft = draft_of(governance(office), office.convention)
    refused(Refusal.REPORT_OF_HIDDEN, reports.issue, governance(office), draft, DATA, SHORT)
    publications.set_publication(governance(office), office.convention, Visibility.MEMBERS)
    assert reports.issue(governance(office), draft, DATA, SHORT).running == 1


def test_what_waits_for_an_edition_is_not_issued(office: StaffedBody) -> None:
    draft = draft_of(governance(office), office.convention, live=True)
    publications.set_publication(
        governance(office), office.convention, Visibility.PUBLIC, by_edition=True
    )
    refused(Refusal.REPORT_OF_LIVE, reports.issue, governance(office), draft, DATA, SHORT)
    publications.set_publication(governance(office), office.convention, Visibility.PUBLIC)
    assert reports.issue(governance(office), draft, DATA, SHORT).running == 1


def test_where_the_body_asks_a_second_person_signs_off(office: StaffedBody) -> None:
    set_setting(office, "sign_off", "yes")
    draft = draft_of(governance(office), office.convention)
    arguments = (draft, DATA, SHORT)
    refused(Refusal.REPORT_NEEDS_A_SIGN_OFF, reports.issue, governance(office), *arguments)
    reports.sign_off(governance(office, 2), draft, DATA, "Agreed.")
    refused(Refusal.ALREADY_SIGNED_OFF, reports.sign_off, governance(office), draft, DATA)
    refused(Refusal.SIGN_OFF_IS_YOUR_OWN, reports.issue, governance(office, 2), *arguments)
    other = replace(draft, data_sha256="0" * 64)  # what was agreed with is this draft alone
    refused(
        Refusal.REPORT_NEEDS_A_SIGN_OFF, reports.issue, governance(office), other, "0" * 64, SHORT
    )
    assert reports.issue(governance(office), *arguments).running == 1


def test_the_sign_off_of_an_edition_counts_for_its_boards_copy(office: StaffedBody) -> None:
    set_setting(office, "sign_off", "yes")
    edition = publications.pin_edition(governance(office), office.convention)
    draft = replace(draft_of(governance(office), office.convention), edition_id=edition.id)
    arguments = (governance(office, 2), draft, DATA, SHORT)
    refused(Refusal.EDITION_NOT_PUBLISHED, reports.issue, *arguments)
    publications.sign_edition(governance(office, 2), edition)
    publications.publish_edition(governance(office), edition)
    assert reports.issue(*arguments).edition_id == edition.id


def test_an_erratum_names_what_it_corrects(office: StaffedBody) -> None:
    context = governance(office)
    first = issued(context, office.convention)
    draft = draft_of(context, office.convention)

    def correct(convention_draft: reports.DraftOfReport, words: str) -> IssuedReport:
        erratum = ErratumTo(report_id=first.id, correction=words)
        return reports.issue(context, convention_draft, DATA, SHORT, erratum)

    refused(Refusal.NEEDS_THE_CORRECTION, correct, draft, "  ")
    other = draft_of(context, office.player.conventions[1])
    refused(Refusal.CORRECTS_ANOTHER, correct, other, "Row 9 was missing.")
    erratum = correct(draft, " Row 9 was missing. ")
    assert (erratum.corrects_id, erratum.running) == (first.id, 2)
    assert erratum.correction
    words = office.session.get_one(ledger_tables.Text, erratum.correction).words
    assert words == "Row 9 was missing."
    assert office.event(erratum).kind == "report_corrected"


def test_nothing_is_issued_as_an_erratum_to_what_is_withheld(office: StaffedBody) -> None:
    context = governance(office)
    first = issued(context, office.convention)
    with context.record("withheld", office.item) as act:
        act.add(ReportWithholding(report_id=first.id, kind=WithheldFor.LEGAL))
        again = reports.issue_anew(context, act, first)
    assert (again.replaces_id, again.running, again.data_sha256) == (first.id, 2, None)
    draft = draft_of(context, office.convention)
    erratum = ErratumTo(report_id=first.id, correction="Row 9.")
    refused(Refusal.FILES_ARE_WITHHELD, reports.issue, context, draft, DATA, SHORT, erratum)
    refused(Refusal.FILES_ARE_WITHHELD, reports.make_files_again, context, first)
    assert not reports.record_files(context, first, [file_of(first)])


def test_files_are_recorded_once(office: StaffedBody) -> None:
    context = governance(office)
    report = issued(context, office.convention, with_files=False)
    both = [file_of(report), file_of(report, FileVariant.CSV)]
    assert reports.record_files(context, report, both)
    assert not reports.record_files(context, report, [file_of(report)])
    stored = office.session.scalars(sa.select(IssuedFile).where(IssuedFile.report_id == report.id))
    assert {file.variant for file in stored} == {FileVariant.SHORT, FileVariant.CSV}
    assert office.event(both[0]).kind == "report_files_made"


def test_a_job_that_was_given_up_is_asked_for_again(office: StaffedBody) -> None:
    context = governance(office)
    report = issued(context, office.convention, with_files=False)
    refused(Refusal.FILES_ARE_BEING_MADE, reports.make_files_again, context, report)
    [job] = jobs(office)
    job.state = JobState.FAILED
    office.session.flush()
    again = reports.make_files_again(context, report)
    assert again.id != job.id and again.arguments == job.arguments
    again.state = JobState.DONE
    office.session.flush()
    reports.record_files(context, report, [file_of(report)])
    refused(Refusal.FILES_ARE_THERE, reports.make_files_again, context, report)


def test_no_two_bodies_number_their_reports_alike(office: StaffedBody) -> None:
    session, now = office.session, governance(office).now
    records.new_body(session, now, slug="quill", report_prefix="QUILLS")
    records.new_body(session, now, slug="twin")
    for taken in ("QUILLS", "TWIN"):
        refused(Refusal.REPORT_PREFIX_IS_TAKEN, set_setting, office, "report_prefix", taken)
    theirs = records.context_of_new_body(session, now, slug="ossia", report_prefix="OS")
    issued(theirs, records.new_convention(theirs, 2017))
    bodies.set_setting(theirs, "report_prefix", "OT")
    refused(Refusal.REPORT_PREFIX_IS_TAKEN, set_setting, office, "report_prefix", "OS")
    set_setting(office, "report_prefix", "QUILL")
    refused(Refusal.NOT_A_SETTING, set_setting, office, "report_prefix", "-PA")
