"""Patients told by what stands before the underscore of a film's name."""

from pneumo_desktop.core.labelled.lot import tell_patients
from pneumo_desktop.core.labelled.patients import NameRule, NameWay, PatientRule

RULE = PatientRule(name=NameRule(NameWay.BEFORE, "_"))


def told(films, rule=RULE):
    return tell_patients(films, rule).patients
