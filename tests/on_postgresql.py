"""What is tried on PostgreSQL in `make soak` alone.

A test belongs here where the engine says nothing to what it asks: what reads and writes is tried
on both engines in the tests of its acts, facts and readings, and so is whatever two people do at
once.
"""

from __future__ import annotations

import pytest

FORMS = (  # each asks one act, which `tests/access` and `tests/acts` try on both engines
    "office/test_convention_page.py",
    "office/test_fill_in_pasting.py",
    "office/test_item_page.py",
    "office/test_item_page_corrections.py",
    "office/test_item_page_links_and_outcomes.py",
    "office/test_item_page_movers.py",
    "office/test_item_page_text_and_money.py",
    "office/test_mark.py",
    "office/test_meetings.py",
    "office/test_new_item.py",
    "office/test_people.py",
    "office/test_settings_page.py",
)
ACCOUNTS = (  # few rows, one at a time; attempts are counted in a file of the instance
    "accounts/test_attempts.py",
    "accounts/test_body_limits.py",
    "accounts/test_own_account.py",
    "accounts/test_passkeys.py",
    "accounts/test_second_factor.py",
    "accounts/test_sessions.py",
    "accounts/test_set_up.py",
    "accounts/test_sign_in.py",
)
SURROUNDINGS = (  # of the program: what a proxy, a mail server, a terminal says
    "cli/test_bodies.py",
    "cli/test_columns.py",
    "cli/test_people.py",
    "cli/test_report_issue.py",
    "test_mail_server.py",
    "test_proxies.py",
)
LONG = (  # one mechanism for all columns, addresses or acts; shorter tests of it are on both
    "access/test_closed_bodies.py::test_they_cannot_be_told_apart",
    "access/test_fuzz.py::test_a_host_that_is_none_is_no_fault",
    "record/test_proof.py::test_each_column_that_lists_read_is_proved",
    "record/test_tampering.py::test_each_column_of_each_fact_is_proved",
    "reports/making/test_issuing.py::test_a_job_that_was_given_up_is_done_under_the_same_number",
    "reports/making/test_issuing.py::test_a_report_of_all_conventions_is_of_those_that_everybody_may_read",
    "reports/making/test_issuing.py::test_an_erratum_says_what_it_corrects",
    "reports/making/test_issuing.py::test_the_boards_copy_is_issued_once_its_edition_is_published",
    "reports/making/test_issuing.py::test_what_was_erased_since_the_draft_keeps_it_from_being_issued",
    "search/test_index.py::test_act_by_act_is_what_is_made_anew",
)
HISTORIES = "record/test_written_histories.py::test_a_written_history_has_its_answers"
ONE_IN = 4  # of the written histories, one after the other


def leave_to_soak(items: list[pytest.Item]) -> None:
    """Mark what is not tried on PostgreSQL otherwise."""
    histories = 0
    for item in items:
        name = item.nodeid.removeprefix("tests/")
        if "[postgresql" not in name:
            continue
        test = name.partition("[")[0]
        module = test.partition("::")[0]
        if test == HISTORIES:
            is_left = bool(histories % ONE_IN)
            histories += 1
        else:
            is_left = module in FORMS + ACCOUNTS + SURROUNDINGS or test in LONG
        if is_left:
            item.add_marker(pytest.mark.soak)
