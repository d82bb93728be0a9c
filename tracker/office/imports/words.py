"""The page of what words mean in the lists of a body: adding one, changing it, removing it."""

from __future__ import annotations

from http import HTTPStatus

import sqlalchemy as sa
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.acts import own_words
from tracker.acts.act_context import for_body
from tracker.acts.own_words import WordSaid
from tracker.clock import now
from tracker.extensions import db
from tracker.formatting import import_words
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.forms.fields import add_error
from tracker.importing.planning.own_words import LONGEST_WORDS, key_of, understood_as
from tracker.office.blueprint import OfficeTarget, find_body, office, whole_number
from tracker.record.import_previews import OwnWord, WordOf
from tracker.rules.codes import Claimed, Decision, Floor
from tracker.rules.permissions import Permission, is_permitted
from tracker.rules.refusals import Refused
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

ADDRESS = "/office/<body>/imports/words"
WORD_ADDRESS = f"{ADDRESS}/<int:word_id>"


class MeaningForm(Form):
    """The value of `means` is what the words are of, and the code: "heading:lead"."""

    means = SelectField(_l("What it means"), [InputRequired(_l("Choose what it means."))])

    def fill(self, of: WordOf | None = None) -> None:
        """The meanings that can be chosen; of one kind only, where the words are there already."""
        self.means.choices = [SelectChoice("", _("Choose"))]
        if of is not WordOf.STATUS:
            self.means.choices += [
                _choice(WordOf.HEADING, code, _("A heading: the column holds"))
                for code in import_words.FIELDS
            ]
        if of is not WordOf.HEADING:
            floor = [code for code in Floor if code is not Floor.UNKNOWN]
            for codes, group in (
                (floor, _("A status: what the floor did")),
                (Claimed, _("A status: what was done about it")),
                (Decision, _("A status: the decision on a referral")),
            ):
                self.means.choices += [_choice(WordOf.STATUS, code, group) for code in codes]

    @property
    def chosen(self) -> tuple[WordOf, str]:
        of, _colon, code = (self.means.data or "").partition(":")
        return WordOf(of), code


class WordForm(MeaningForm):
    words = StringField(
        _l("The word, or words"),
        [InputRequired(_l("Write the words as your lists have them.")), Length(max=LONGEST_WORDS)],
        filters=[lambda text: (text or "").strip()],
        description=_l("The heading of a column, or a whole cell of a column of statuses."),
    )


def _choice(of: WordOf, code: str, group: str) -> SelectChoice:
    label = import_words.meaning(of, code)
    return SelectChoice(f"{of.value}:{code}", label, optgroup=group)


@office.get(ADDRESS)
@requires(Permission.GOVERN, Permission.READ_ALL)
def words_of_lists(body: str) -> ResponseReturnValue:
    """Each word with its meaning, who said it and when, and the lists that had it."""
    return _render_words(find_body(body), WordForm())


@office.post(ADDRESS)
@requires(Permission.GOVERN)
@begins_reading
def add_word(body: str) -> ResponseReturnValue:
    found, form = find_body(body), WordForm(request.form)
    form.fill()
    if not form.validate():
        return _render_words(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    of, code = form.chosen
    words = form.words.data or ""
    key = key_of(of, words)
    if not 0 < len(key) <= LONGEST_WORDS:
        add_error(form.words, _l("Write the words as your lists have them."))
        return _render_words(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with writing() as session:
            context = for_body(session, found.body_id, actor_in(found.body_id), now())
            own_words.add(context, WordSaid(of=of, key=key, words=words, meaning=code))
    except Refused:
        add_error(form.words, _l("It is in the list already: change it there."))
        return _render_words(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("The word was added: later lists are understood by it."))
    return redirect(url_for("office.words_of_lists", body=body), HTTPStatus.SEE_OTHER)


@office.get(WORD_ADDRESS)
@requires(Permission.GOVERN)
def own_word(body: str, word_id: int) -> ResponseReturnValue:
    found = find_body(body)
    word = _find(found, word_id)
    form = MeaningForm(data={"means": f"{word.of}:{word.meaning}"})
    return _render_word(found, word, form)


@office.post(WORD_ADDRESS)
@requires(Permission.GOVERN)
@begins_reading
def change_word(body: str, word_id: int) -> ResponseReturnValue:
    """By the button `do`: another meaning, or none any more."""
    found, form = find_body(body), MeaningForm(request.form)
    word = _find(found, word_id)
    form.fill(WordOf(word.of))
    removes = request.form.get("do") == "remove"
    if not removes and not form.validate():
        return _render_word(found, word, form), HTTPStatus.UNPROCESSABLE_ENTITY
    seen = whole_number(request.form.get("seen")) or 0
    try:
        with writing() as session:
            context = for_body(session, found.body_id, actor_in(found.body_id), now())
            stored = session.get_one(OwnWord, word_id)
            if removes:
                own_words.remove(context, stored, seen)
            else:
                own_words.change(context, stored, form.chosen[1], seen)
    except Refused as refused:
        sentence = refusal_sentence(refused.code)
        return _render_word(found, _find(found, word_id), form, sentence), HTTPStatus.CONFLICT
    flash(
        _("The word was removed: later lists are understood without it.")
        if removes
        else _("The word was changed: later lists are understood by it.")
    )
    return redirect(url_for("office.words_of_lists", body=body), HTTPStatus.SEE_OTHER)


def _find(found: OfficeTarget, word_id: int) -> OwnWord:
    """404 where there is none in this body; also where it was removed meanwhile."""
    word = db.session.get(OwnWord, word_id)
    if word is None or word.body_id != found.body_id:
        abort(404)
    return word


def _otherwise(word: OwnWord) -> str | None:
    """What we would take the words for without the body's meaning, where that is another."""
    by_itself = understood_as(WordOf(word.of), word.words)
    return by_itself if by_itself != word.meaning else None


def _render_words(found: OfficeTarget, form: WordForm) -> str:
    form.fill()
    words = db.session.scalars(
        sa.select(OwnWord).where(OwnWord.body_id == found.body_id).order_by(OwnWord.of, OwnWord.key)
    ).all()
    return render_template(
        "office/words_of_lists.html",
        body=found.context.body,
        zone=found.target.zone,
        people=found.context.people,
        words=[(word, _otherwise(word)) for word in words],
        form=form,
        may_change=is_permitted(found.actor, Permission.GOVERN),
    )


def _render_word(
    found: OfficeTarget, word: OwnWord, form: MeaningForm, refused: str | None = None
) -> str:
    form.fill(WordOf(word.of))
    return render_template(
        "office/own_word.html",
        body=found.context.body,
        zone=found.target.zone,
        people=found.context.people,
        word=word,
        otherwise=_otherwise(word),
        form=form,
        refused=refused,
    )
