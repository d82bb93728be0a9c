"""Accounts: sign-in, one-time links, and who may come in. Roles are facts, given by the command."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Sign-in by Flask-Security, with pages of our own and none of its others; sessions, argon2."""
    from flask_security import RoleMixin, SQLAlchemyUserDatastore

    from tracker.extensions import db
    from tracker.web_extensions import security

    # security_events listens to the ledger
    from . import access, own_account, own_sessions, security_events, sessions  # noqa: F401
    from .evidence import evidence
    from .first_run import set_up  # noqa: F401
    from .second_factors import code_sign_in, own_second_factor, passkey_pages, second_factor  # noqa: F401
    from .user import User
    from .views import accounts

    access.init_app(app)  # first: whoever loads the user must find the transaction begun
    app.config.update(
        SECURITY_PASSWORD_HASH="argon2",
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_PASSWORD_SINGLE_HASH=True,
        SECURITY_PASSWORD_LENGTH_MIN=12,
        SECURITY_CLI_USERS_NAME=None,
        SECURITY_CLI_ROLES_NAME=None,
        SECURITY_LOGIN_URL="/sign-in",
        # a form is good as long as the session: who writes for two hours loses nothing
        WTF_CSRF_TIME_LIMIT=None,
    )
    security.init_app(app, SQLAlchemyUserDatastore(db, User, RoleMixin), register_blueprint=False)
    security.principal.skip_static = True  # a style sheet asks for no account, and waits for nobody
    sessions.init_app(app)
    second_factor.init_app(app)
    own_second_factor.init_app(app)
    app.register_blueprint(accounts)
    app.register_blueprint(evidence)
