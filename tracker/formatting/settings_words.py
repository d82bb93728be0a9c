"""The words of the page of a body's settings: what each is called, what it changes, its values."""

from __future__ import annotations

from dataclasses import dataclass

from babel.numbers import get_currency_name

from tracker.files.marks import UnfitMark
from tracker.rules.body_mark import read_mark
from tracker.rules.settings import LANGUAGES, YES
from tracker.translation import N_, current_locale, ngettext
from tracker.translation import gettext as _

from .amounts import number


@dataclass(frozen=True, kw_only=True)
class SettingWords:
    title: str
    changes: str  # what it changes
    mend: str  # what is said of a value that it cannot have
    hint: str = ""
    effect: str = ""  # what a change does at once, where `changes` does not say it


GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("How an item is judged"), ("silence_days", "variance_percent")),
    (N_("Who may do what"), ("leads_release", "sign_off", "second_factor")),
    (N_("What readers see"), ("pages", "show_names", "made_up")),
    (
        N_("The body"),
        ("name", "mark", "report_prefix", "time_zone", "currency", "language"),
    ),
)
"""The headings of the page, each with its settings."""

_ONE_OF_THE_TWO = N_("Choose one of the two.")

WORDS: dict[str, SettingWords] = {
    "silence_days": SettingWords(
        title=N_("Days without a word"),
        changes=N_(
            "When more days have passed since the last word, an open item says “no word since”."
        ),
        hint=N_("In whole days, from 1 to 9999."),
        mend=N_("Write a whole number of days, from 1 to 9999."),
    ),
    "variance_percent": SettingWords(
        title=N_("Difference of money"),
        changes=N_(
            "A larger difference between planned and spent is shown as a sentence, and asks for an "
            "explanation."
        ),
        hint=N_("In per cent, for example 10 or 12.5."),
        mend=N_("Write a number, for example 10 or 12.5."),
    ),
    "leads_release": SettingWords(
        title=N_("Leads release their own entries"),
        changes=N_(
            "If not, an entry waits for the unit’s manager or the office. “Will not be done” "
            "always waits for the office."
        ),
        effect=N_("Entries that wait today go on waiting until somebody releases them."),
        mend=_ONE_OF_THE_TWO,
    ),
    "sign_off": SettingWords(
        title=N_("Sign-off"),
        changes=N_(
            "Whether editions and issued reports need the sign-off of a second person of "
            "governance."
        ),
        effect=N_("It holds for an edition whose copy is made already, too."),
        mend=_ONE_OF_THE_TWO,
    ),
    "second_factor": SettingWords(
        title=N_("Second factor"),
        changes=N_(
            "Whether administrators and governance sign in with a passkey or a code besides the "
            "password."
        ),
        mend=_ONE_OF_THE_TWO,
    ),
    "pages": SettingWords(
        title=N_("Pages"),
        changes=N_("Open: everybody reads them. Closed: only people with a role."),
        effect=N_("It holds at once, for every page and every past day."),
        mend=_ONE_OF_THE_TWO,
    ),
    "show_names": SettingWords(
        title=N_("Names of people"),
        changes=N_(
            "Without them public pages name units and delegations. A change shows at once "
            "everywhere, for past days too."
        ),
        mend=_ONE_OF_THE_TWO,
    ),
    "made_up": SettingWords(
        title=N_("Made-up example"),
        changes=N_("The line “Made-up example” above every page, and on the cover of reports."),
        mend=_ONE_OF_THE_TWO,
    ),
    "name": SettingWords(
        title=N_("Name"),
        changes=N_("On every page, and on the cover of reports."),
        effect=N_("The address of its pages stays as it is."),
        mend=N_("Write a name of 1 to 200 characters."),
    ),
    "mark": SettingWords(
        title=N_("Mark"),
        changes=N_(
            "Beside the name on every page, and on the cover of reports. A change shows at once "
            "everywhere, for past days too."
        ),
        hint=N_(
            "SVG or PNG, 20 KB at most. A PNG is drawn anew, at most 96 pixels high; an SVG is "
            "written anew."
        ),
        mend=N_("Choose a file, SVG or PNG."),
    ),
    "report_prefix": SettingWords(
        title=N_("Numbers of reports"),
        changes=N_("With what the number of an issued report begins: PA-2026-1."),
        hint=N_("Letters, digits and hyphens, at most 20. Empty: the name in the body’s address."),
        effect=N_("Numbers that were given stay as they are."),
        mend=N_("Write at most 20 letters, digits and hyphens, for example PA."),
    ),
    "time_zone": SettingWords(
        title=N_("Time zone"),
        changes=N_("Due dates and days without a word end at midnight there."),
        mend=N_("Choose one of the list."),
    ),
    "currency": SettingWords(
        title=N_("Currency"),
        changes=N_("Of every amount. It is settled with the first amount on record."),
        hint=N_("Three letters, for example USD."),
        mend=N_("Write the three letters of a currency, for example USD."),
    ),
    "language": SettingWords(
        title=N_("Language of the items"),
        changes=N_("By its stems words find each other: “schools” finds “school”."),
        effect=N_("All items are indexed anew by it, at once."),
        mend=N_("Choose one of the list."),
    ),
}

_UNFIT_MARKS = {
    UnfitMark.NO_FILE: N_("Choose a file, SVG or PNG."),
    UnfitMark.TOO_LARGE: N_(
        "It is too large: each page loads it, so that it may have 20 KB. An SVG is smaller, and so "
        "is a picture with fewer colours."
    ),
    UnfitMark.NO_PICTURE: N_("This is no whole SVG or PNG. Choose another file."),
    UnfitMark.ACTS: N_(
        "This SVG holds a script, a link, or something that lies elsewhere. Have it saved as a "
        "plain SVG, or choose a PNG."
    ),
    UnfitMark.SHAPE: N_(
        "Its shape does not fit: at most eight times as wide as high, and twice as high as wide."
    ),
}

_CHOICES: dict[str, dict[str, str]] = {
    "pages": {"open": N_("Open"), "closed": N_("Closed")},
    "show_names": {"yes": N_("Show"), "no": N_("Do not show")},
    "second_factor": {"yes": N_("Administrators, governance"), "no": N_("Nobody needs one")},
}


def title(name: str) -> str:
    return _(WORDS[name].title)


def changes(name: str) -> str:
    return _(WORDS[name].changes)


def effect(name: str) -> str:
    return _(WORDS[name].effect) if WORDS[name].effect else ""


def hint(name: str) -> str:
    return _(WORDS[name].hint) if WORDS[name].hint else ""


def mend(name: str) -> str:
    """What is said of a value that the setting cannot have."""
    return _(WORDS[name].mend)


def value(name: str, code: str) -> str:
    """A value, as it is read."""
    match name:
        case "silence_days":
            return ngettext("%(count)s day", "%(count)s days", int(code), count=number(int(code)))
        case "variance_percent":
            return _("%(number)s %%", number=code)
        case "pages" | "show_names" | "second_factor":
            return _(_CHOICES[name][code])
        case "leads_release" | "sign_off" | "made_up":
            return _("Yes") if code == YES else _("No")
        case "report_prefix":
            return code or _("the name in the body’s address, in capitals")
        case "time_zone":
            return code.replace("_", " ")
        case "currency":
            return f"{get_currency_name(code, locale=current_locale())} ({code})"
        case "language":
            return language_name(code)
        case "mark":
            mark = read_mark(code)
            return mark.kind.upper() if mark else _("none yet")
    return code or _("not set")


def with_second_factor(people: int, with_one: int) -> str:
    """How many of those who need one have one."""
    if people == with_one:
        return ngettext(
            "The one of them has one.", "All %(count)s of them have one.", people, count=people
        )
    return _("%(with_one)s of %(people)s of them have one.", with_one=with_one, people=people)


def unfit_mark(why: UnfitMark) -> str:
    """Why a file cannot be the mark, and what can."""
    return _(_UNFIT_MARKS[why])


def language_name(code: str) -> str:
    """In the reader's language, with a capital."""
    name = str(current_locale().languages.get(code, LANGUAGES[code]))
    return name[:1].upper() + name[1:]
