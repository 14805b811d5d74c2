"""What a finding is called on a card and in the choice of films."""

from PySide6.QtCore import QCoreApplication

from pneumo_desktop.core.labelled.finding import Kind


def kind_words(kind: Kind) -> str:
    """Return the name of a kind of finding."""
    words = {
        Kind.ONE_CLASS: QCoreApplication.translate("findings", "Only one class"),
        Kind.FEW_PATIENTS: QCoreApplication.translate("findings", "Too few patients"),
        Kind.UNREADABLE: QCoreApplication.translate("findings", "Unreadable files"),
        Kind.BOTH_CLASSES: QCoreApplication.translate("findings", "One film in both classes"),
        Kind.PATIENT_IN_BOTH: QCoreApplication.translate("findings", "Patients in both classes"),
        Kind.NOT_A_CHEST_FILM: QCoreApplication.translate("findings", "Not chest films"),
        Kind.SHARPNESS: QCoreApplication.translate("findings", "Sharpness differs by class"),
        Kind.SIZE: QCoreApplication.translate("findings", "Size differs by class"),
        Kind.IMBALANCE: QCoreApplication.translate("findings", "More films of one class"),
        Kind.DUPLICATE: QCoreApplication.translate("findings", "Copies"),
        Kind.NEAR_DUPLICATE: QCoreApplication.translate("findings", "Nearly the same film"),
        Kind.PATIENTS_UNTOLD: QCoreApplication.translate("findings", "Patients not told apart"),
    }
    return words[kind]
