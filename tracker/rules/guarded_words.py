"""The words by which a heading says that its column is not for everybody; what follows from it is
in `columns`.
"""
from __future__ import annotations

import re

# A word of the heading, in the languages of likely lists.
CONFIDENTIAL_WORDS = frozenset("""
    confidential confidentially confidentiality internal internally private privately privileged restricted secret sensitive embargo embargoed memo memos memorandum
    unpublished nonpublic undisclosed hidden
    confidencial confidenciales interno interna internos internas privado privada privados privadas reservado reservada secreto secreta
    confidentiel confidentielle confidentiels interne internes privé privée secrète
    vertraulich vertrauliche vertrauliches intern internes geheim nichtöffentlich privat private
    förtrolig förtroligt hemlig hemligt sekretess interna internt
    """.split())
# What it forbids, or to whom it is kept.
CONFIDENTIAL_PHRASES = re.compile(
    r"\b(?:do not|don t|dont|must not|may not|should not|never|not to be) "
    r"(?:publish|published|share|shared|print|printed|post|posted|release|released|show|shown|distribute|distributed|circulate|circulated|disclose|disclosed|"
    r"display|displayed|forward|copy|make public|made public)\b"
    r"|\bnot (?:for (?:the )?(?:publication|public|release|distribution|members|delegates|readers|web|website|print|sharing)|public|published|released)\b"
    r"|\bnon public\b|\boff the record\b|\bin confidence\b|\bexecutive session\b"
    r"|\b(?:staff|office|officers|board|leadership|management|eyes|admin|headquarters|hq|team|legal|counsel)(?: use)? only\b|\b(?:for|our) office use\b"
    r"|\bno (?:publicar|publicable|difundir)\b|\buso interno\b|\bne pas (?:publier|diffuser|communiquer)\b|\bnicht (?:veröffentlichen|öffentlich)\b|\bej (?:offentlig|publiceras|för publicering)\b")

PERSONAL_WORDS = frozenset("""
    email emails mail phone phones telephone telephones tel mobile cellphone fax address addresses street zip postcode birthday birthdate dob ssn salary personal
    correo teléfono telefono móvil dirección domicilio courriel téléphone telephone adresse telefon handy anschrift geburtstag adress mobil epost
    """.split())
PERSONAL_PHRASES = re.compile(r"\be mails?\b|\bdate of birth\b|\bsocial security\b|\b(?:member|membership) (?:id|number|no)\b|\be post\b|\bcell (?:number|no)\b")
