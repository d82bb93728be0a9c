"""The Flask extensions of pages and forms, once, unbound. What a command needs too is in
`extensions`.
"""

from __future__ import annotations

from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_security import Security
from flask_wtf import CSRFProtect

csrf = CSRFProtect()
compress = Compress()
limiter = Limiter(key_func=get_remote_address)
security = Security()
