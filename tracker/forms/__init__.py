"""What the forms of all doors share: fields that WTForms does not have, and the form of an act."""
