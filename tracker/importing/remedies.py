"""What the office can do about a problem of a list, where a terminal and the page of the list do it
in different ways: by an option or the mapping file, or in a field of the page.

What is the same at each door stands with its problem.
"""

from __future__ import annotations

from tracker.translation import gettext as _

from .problems import Remedy, RemedyPlace

# --- of the whole list ------------------------------------------------------------------------


def name_the_columns() -> Remedy:
    return Remedy(
        at_terminal=_(
            "Give the columns names in the first row, or say header_row in the mapping file."
        ),
        on_page=_("Give the columns names in the first row, and send the file again."),
    )


def say_what_columns_are() -> Remedy:
    """Of a list without number, title or text, whose columns the page does not show."""
    return Remedy(
        at_terminal=_("Say which is under [columns] in a mapping file."),
        on_page=_(
            "Say under “Words of your lists” which heading is one, and read the file again; or"
            " change the heading in the file."
        ),
    )


def say_the_encoding() -> Remedy:
    return Remedy(
        at_terminal=_(
            "If letters look wrong, say encoding in the mapping file, or save the table as CSV"
            " (UTF-8)."
        ),
        on_page=_("If letters look wrong, save the table as CSV (UTF-8), and send that file."),
    )


def choose_the_sheet(sheet: str) -> Remedy:
    return Remedy(
        at_terminal=_(
            "To read it, import it alone: sheet = %(sheet)r in the mapping file.", sheet=sheet
        ),
        on_page=_("To read it, choose it as the sheet."),
        place=RemedyPlace.SHEET,
    )


def say_the_kind() -> Remedy:
    return Remedy(
        at_terminal=_("If it is another, say kind in the mapping file."),
        on_page=_("If it is another, choose the kind."),
        place=RemedyPlace.KIND,
    )


def say_the_order_of_days() -> Remedy:
    return Remedy(
        at_terminal=_("Say date_order in the mapping file."),
        on_page=_("Choose whether the month or the day comes first."),
        place=RemedyPlace.DATE_ORDER,
    )


def say_the_day_of_updates() -> Remedy:
    return Remedy(
        at_terminal=_("Say --updates-on DAY, or give a column of dates."),
        on_page=_("Say the day of updates, or give a column of dates."),
        place=RemedyPlace.UPDATES_ON,
    )


# --- conventions ------------------------------------------------------------------------------


def say_the_convention() -> Remedy:
    return Remedy(
        at_terminal=_(
            "Give a column year or convention, say --convention, or say year in the mapping file."
        ),
        on_page=_("Choose the convention of rows that name none."),
        place=RemedyPlace.CONVENTION,
    )


def say_another_convention() -> Remedy:
    return Remedy(
        at_terminal=_("Say --convention if it is another, or year in the mapping file."),
        on_page=_("If it is another, choose the convention of rows that name none."),
        place=RemedyPlace.CONVENTION,
    )


def say_the_meeting() -> Remedy:
    return Remedy(
        at_terminal=_(
            "If it is another, give a column convention, or say it under [conventions] in the"
            " mapping file."
        ),
        on_page=_(
            "If it is another, choose the convention of rows that name none, or give a column"
            " convention."
        ),
        place=RemedyPlace.CONVENTION,
    )


def say_which_meeting_is_which() -> Remedy:
    return Remedy(
        at_terminal=_(
            "If it is otherwise, say which is which under [conventions] in the mapping file."
        ),
        on_page=_(
            "If it is otherwise, give a column convention with the addresses, and send the file"
            " again."
        ),
    )


def make_the_convention() -> Remedy:
    return Remedy(
        at_terminal=_("Say --create-conventions to make it."),
        on_page=_("Tick that conventions are made which are not on record yet."),
        place=RemedyPlace.CREATE,
    )


def let_rows_name_theirs(slug: str) -> Remedy:
    """Of a row, a sheet or a title that names another convention than the one that is chosen."""
    return Remedy(
        at_terminal=_(
            "Leave --convention out, and each row goes to its own convention; or say it in a column"
            " convention (such as %(slug)s), or under [conventions] or as year in the mapping"
            " file.",
            slug=slug,
        ),
        on_page=_(
            "Choose “As the list says it”, and each row goes to its own convention; or say it in a"
            " column convention (such as %(slug)s).",
            slug=slug,
        ),
        place=RemedyPlace.CONVENTION,
    )


def say_the_first_day() -> Remedy:
    return Remedy(
        at_terminal=_("Say its first day with --opened, or leave --convention out."),
        on_page=_("Say the first day of the convention, or choose “As the list says it”."),
        place=RemedyPlace.OPENED,
    )


def say_whose_days() -> Remedy:
    return Remedy(
        at_terminal=_("Say --convention."),
        on_page=_("Choose the convention of which they are."),
        place=RemedyPlace.CONVENTION,
    )


def mend_first_and_last_day() -> Remedy:
    return Remedy(
        at_terminal=_("Correct --opened or --closed-on."),
        on_page=_("Correct one of the two."),
        place=RemedyPlace.OPENED,
    )


def open_follow_through_alone() -> Remedy:
    return Remedy(
        at_terminal=_("To open one all the same: `tracker convention set SLUG --kept-from DAY`."),
        on_page=_("Whoever runs this installation can open one all the same."),
    )


def mend_the_day_of_a_decision() -> Remedy:
    return Remedy(
        at_terminal=_(
            "Correct the day, or give those of the floor's action and of the convention"
            " (--closed-on)."
        ),
        on_page=_(
            "Correct the day, or give those of the floor’s action and the last of the convention."
        ),
        place=RemedyPlace.CLOSED_ON,
    )


# --- columns and their cells ------------------------------------------------------------------


def leave_the_column_out() -> Remedy:
    return Remedy(
        at_terminal=_("To leave it out, say left_out in the mapping file."),
        on_page=_("To leave it out, say so of the column."),
        place=RemedyPlace.COLUMN,
    )


def say_it_is_a_referral() -> Remedy:
    return Remedy(
        at_terminal=_(
            "If the floor referred the item to whom it names, say so in the mapping file:"
            " referred_to."
        ),
        on_page=_(
            "If the floor referred the item to whom it names, say that the column is “Referred to”."
        ),
        place=RemedyPlace.COLUMN,
    )


def say_it_is_meant() -> Remedy:
    return Remedy(
        at_terminal=_("If it is meant, say so in the mapping file."),
        on_page=_("If it is meant, say so of the column."),
        place=RemedyPlace.COLUMN,
    )


def say_which_is_text() -> Remedy:
    return Remedy(
        at_terminal=_("If one is, say so under [columns] in the mapping file."),
        on_page=_("If one is, say so of the column."),
        place=RemedyPlace.COLUMN,
    )


def look_at_the_column() -> Remedy:
    return Remedy(
        at_terminal=_("Look at it, and correct it in the mapping file."),
        on_page=_("Look at it, and correct what the column is."),
        place=RemedyPlace.COLUMN,
    )


def say_it_is_the_title() -> Remedy:
    return Remedy(
        at_terminal=_("Is it the title? Say so in the mapping file."),
        on_page=_("Is it the title? Say so of the column."),
        place=RemedyPlace.COLUMN,
    )


def say_what_the_amount_is() -> Remedy:
    return Remedy(
        at_terminal=_(
            "The sentence of the estimate counts; say in the mapping file what the column is."
        ),
        on_page=_("The sentence of the estimate counts; say what the column is."),
        place=RemedyPlace.COLUMN,
    )


def say_another_field() -> Remedy:
    return Remedy(
        at_terminal=_("Say for each column another field in the mapping file."),
        on_page=_("Say of each column something else."),
        place=RemedyPlace.COLUMN,
    )


def say_what_the_status_means() -> Remedy:
    return Remedy(
        at_terminal=_(
            "The action stays unknown; say what it means under [statuses] in the mapping file."
        ),
        on_page=_("The action stays unknown; say what it means."),
        place=RemedyPlace.STATUSES,
    )


def say_what_was_decided() -> Remedy:
    return Remedy(
        at_terminal=_(
            "Write accepted, accepted in part, declined or reported back; or say what it means"
            " under [statuses] in the mapping file."
        ),
        on_page=_("Write accepted, accepted in part, declined or reported back."),
        place=RemedyPlace.CELLS,
    )


def say_the_order_of_votes() -> Remedy:
    return Remedy(
        at_terminal=_("Say votes_order in the mapping file."),
        on_page=_("Write them as “38 for, 2 against, 1 abstained”."),
        place=RemedyPlace.CELLS,
    )


def doubt_the_order_of_votes() -> Remedy:
    return Remedy(
        at_terminal=_("Is the order of the numbers another? Say votes_order in the mapping file."),
        on_page=_(
            "Is the order of the numbers another? Write them as “38 for, 2 against, 1 abstained”."
        ),
        place=RemedyPlace.CELLS,
    )


def write_the_units_name(name: str, on_record: str) -> Remedy:
    return Remedy(
        at_terminal=_(
            "If it is the same, say so in the mapping file: under [units],"
            ' "%(name)s" = "%(there)s".',
            name=name,
            there=on_record,
        ),
        on_page=_("If it is the same, write “%(there)s” in its place.", there=on_record),
        place=RemedyPlace.CELLS,
    )


def say_one_amount() -> Remedy:
    return Remedy(
        at_terminal=_(
            "The sentence is kept, and the amount stays empty; estimate_amount in the file may say"
            " it."
        ),
        on_page=_("The sentence is kept, and the amount stays empty, until you write one amount."),
        place=RemedyPlace.CELLS,
    )


def say_the_currency() -> Remedy:
    return Remedy(
        at_terminal=_(
            "It is kept as published, and the amount stays empty; say --currency before the first"
            " amount is recorded, or write the amount in it."
        ),
        on_page=_(
            "It is kept as published, and the amount stays empty; write the amount in the body’s"
            " currency."
        ),
        place=RemedyPlace.CELLS,
    )


# --- what was said of the list, and it does not have -------------------------------------------


def take_the_column_out() -> Remedy:
    return Remedy(
        at_terminal=_("Take it out of the mapping file."),
        on_page=_("Nothing needs to be done: it counts for no column."),
    )


def correct_what_was_said() -> Remedy:
    return Remedy(
        at_terminal=_("Correct it in the mapping file."),
        on_page=_("Nothing needs to be done: it counts for no cell."),
    )


def say_that_it_is_a_status() -> Remedy:
    return Remedy(
        at_terminal=_("Say under [columns] that it is a status."),
        on_page=_("If it is a status, say so of the column."),
        place=RemedyPlace.COLUMN,
    )
