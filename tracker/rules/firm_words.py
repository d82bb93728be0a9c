"""The words by which a payee or a name in a text is told to be a firm or an institution; what
follows from it is in `mentions`.
"""

from __future__ import annotations

# What stands behind the name of a firm, as it is written.
LEGAL_FORMS = (
    "Inc LLC Ltd Limited Corp Corporation Incorporated LLP PLLC PLC plc GmbH mbH AG UG KG AB HB "
    "ApS A/S Oy Oyj BV NV SARL SAS SpA Srl SL Pty"
).split()

# Folded words that no person bears as a name, and many firms and institutions do.
FIRM_WORDS = frozenset("""
    academy agency airlines airways analytics architects associates association authority bakery bank board books bookshop brothers bureau bus cafe catering center
    centre charter church city clinic club coach college committee communications company consultants consulting contractors cooperative council county
    creative department design designs district electric engineering enterprises federation films foundation fund garage graphics group hall hospital hotel
    house industries inn institute insurance international lab laboratories laboratory labs law lawyers legal library local logistics media ministry museum
    network office organization partners partnership photography post press printers printing productions publications publishers publishing rentals repair research
    restaurant school schools security service services shop society software solutions state store studio studios supplies supply systems team technologies theater theatre
    translations transport travel trust union university visuals water works workshop
    asociacion banco casa colegio editorial empresa escuela fundacion hermanos imprenta sindicato sociedad universidad
    """.split())
