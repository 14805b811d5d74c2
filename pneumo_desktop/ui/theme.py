"""The colours of the window: one table for light, one for dark, and how Qt is told about them.

Every pair in `TEXT_PAIRS` has a contrast of at least 4.5 (WCAG 2.2, 1.4.3); a test computes it.
"""

from dataclasses import dataclass, fields
from itertools import product

from PySide6.QtGui import QColor, QPalette

from pneumo_desktop.core.cases import Priority


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours by purpose, as #rrggbb."""

    window: str
    panel: str
    raised: str
    line: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    selection: str
    on_selection: str
    high: str
    medium: str
    check: str
    low: str
    banner: str
    on_banner: str


LIGHT = Colours(
    window="#e9ecf0",
    panel="#ffffff",
    raised="#f4f6f8",
    line="#c9d0d8",
    text="#171b20",
    quiet="#535d69",
    accent="#0b5cad",
    on_accent="#ffffff",
    selection="#cfe2f6",
    on_selection="#0d2136",
    high="#a8201a",
    medium="#7d4a00",
    check="#0b5cad",
    low="#35603f",
    banner="#5b3fa0",
    on_banner="#ffffff",
)
DARK = Colours(
    window="#14171b",
    panel="#1a1e23",
    raised="#252a31",
    line="#363e48",
    text="#e4e8ec",
    quiet="#a2adb9",
    accent="#6db3f2",
    on_accent="#07131f",
    selection="#23425f",
    on_selection="#ffffff",
    high="#ff8a80",
    medium="#ffbe5c",
    check="#86c5ff",
    low="#93c7a2",
    banner="#4a3784",
    on_banner="#ffffff",
)

FILM_BACKGROUND = "#050608"  # film is looked at in the dark, whatever the room's scheme
FILM_TEXT = "#c9d1d9"
FILM_QUIET_TEXT = "#98a2ad"
FILM_MARK = "#ffd34d"  # rulers and frames on grey of any lightness

TEXT_PAIRS = (
    *product(
        ("text", "quiet", "accent", "high", "medium", "check", "low"),
        ("window", "panel", "raised"),
    ),
    *product(("quiet", "high", "medium", "check", "low"), ("selection",)),
    ("on_accent", "accent"),
    ("on_selection", "selection"),
    ("on_banner", "banner"),
)


def colours_of(*, dark: bool) -> Colours:
    """Return the table of a scheme."""
    return DARK if dark else LIGHT


def priority_colour(colours: Colours, priority: Priority | None) -> str:
    """Return the colour of a band; quiet for what has none."""
    return str(getattr(colours, priority.lower())) if priority else colours.quiet


def contrast(front: str, back: str) -> float:
    """Return the contrast ratio 1-21 of two colours (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(front), _luminance(back)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    def linear(part: int) -> float:
        share = part / 255.0
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    value = QColor(colour)
    return (
        0.2126 * linear(value.red())
        + 0.7152 * linear(value.green())
        + 0.0722 * linear(value.blue())
    )


def palette(colours: Colours) -> QPalette:
    """Return Qt's palette of a scheme."""
    roles = {
        QPalette.ColorRole.Window: colours.window,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.panel,
        QPalette.ColorRole.AlternateBase: colours.raised,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.quiet,
        QPalette.ColorRole.Button: colours.raised,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.ToolTipBase: colours.raised,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.Highlight: colours.selection,
        QPalette.ColorRole.HighlightedText: colours.on_selection,
        QPalette.ColorRole.Accent: colours.accent,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.Mid: colours.line,
        QPalette.ColorRole.Light: colours.raised,
        QPalette.ColorRole.Dark: colours.line,
    }
    result = QPalette(QColor(colours.raised), QColor(colours.window))
    for role, colour in roles.items():
        result.setColor(role, QColor(colour))
    for role in (
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
        QPalette.ColorRole.WindowText,
    ):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.quiet))
    return result


_STYLE = """
QToolTip { color: $text; background: $raised; border: 1px solid $line; padding: 4px; }
QSplitter::handle { background: $window; }
QSplitter::handle:hover { background: $accent; }
QMenuBar { background: $window; }
QMenuBar::item { padding: 4px 8px; background: transparent; }
QMenuBar::item:selected { background: $selection; color: $on_selection; }
QTabWidget::pane { border: 0; }
QTabBar::tab { padding: 6px 16px; border: 0; border-bottom: 2px solid transparent;
  color: $quiet; background: transparent; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $accent; }
QTableView { border: 0; background: $panel; alternate-background-color: $raised; }
QTableView::item { padding: 0 4px; border: 0; }
QTableView::item:selected { background: $selection; color: $on_selection; }
QListWidget { background: $panel; border: 1px solid $line; border-radius: 4px; outline: 0; }
QListWidget::item { padding: 8px 4px; color: $text; border-bottom: 1px solid $line; }
QListWidget::item:selected { background: $selection; color: $on_selection; }
QTextBrowser { background: $panel; border: 1px solid $line; border-radius: 4px; }
QTextBrowser:focus, QListWidget:focus { border-color: $accent; }
QHeaderView::section { background: $panel; color: $quiet; border: 0; padding: 4px 6px;
  border-bottom: 1px solid $line; }
QTableCornerButton::section { background: $panel; border: 0; }
QLineEdit, QPlainTextEdit { background: $panel; color: $text; placeholder-text-color: $quiet;
  border: 1px solid $line; border-radius: 4px; padding: 3px 6px; min-height: 18px; }
QLineEdit:disabled { color: $quiet; background: $window; }
QLineEdit:focus, QPlainTextEdit:focus { border-color: $accent; }
QComboBox, QSpinBox, QDoubleSpinBox { min-height: 22px; }
QPushButton { background: $raised; color: $text; border: 1px solid $line; border-radius: 4px;
  padding: 5px 12px; }
QPushButton:hover { border-color: $accent; }
QPushButton:focus { border: 1px solid $accent; }
QPushButton:pressed, QPushButton:checked { background: $selection; color: $on_selection;
  border-color: $accent; }
QPushButton:disabled { color: $quiet; background: transparent; border-color: $line; }
QPushButton[primary="true"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[primary="true"]:disabled { background: transparent; color: $quiet;
  border-color: $line; }
QRadioButton::indicator { width: 12px; height: 12px; border: 1px solid $quiet; border-radius: 7px;
  background: $panel; }
QRadioButton::indicator:checked { border-color: $accent; background: qradialgradient(cx: 0.5,
  cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5, stop: 0 $accent, stop: 0.6 $accent, stop: 0.7 $panel); }
QRadioButton::indicator:focus, QRadioButton::indicator:hover { border: 2px solid $accent;
  width: 10px; height: 10px; }
QToolBar { border: 0; padding: 3px 8px; spacing: 4px; background: transparent; }
QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 4px; }
QToolButton:hover, QToolButton:focus { border-color: $accent; }
QToolButton:checked { background: $selection; color: $on_selection; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QProgressBar { border: 0; border-radius: 3px; background: $line; max-height: 6px; }
QProgressBar::chunk { border-radius: 3px; background: $accent; }
QScrollArea { border: 0; }
[role="band"] { background: $line; max-height: 4px; border-radius: 2px; }
[role="band"]::chunk { background: $text; border-radius: 2px; }
[role="message"] { background: $raised; border: 1px solid $line; border-radius: 4px; }
QPushButton[in-bar="true"] { background: transparent; color: $accent; padding: 1px 8px;
  border-color: transparent; }
QPushButton[in-bar="true"]:focus, QPushButton[in-bar="true"]:hover { border-color: $accent; }
[role="panel"] { background: $panel; }
[role="quiet"] { color: $quiet; }
[role="remark"] { color: $medium; }
[role="banner"] { background: $banner; color: $on_banner; font-weight: bold; padding: 6px; }
[role="strip"] { background: $window; }
"""


def style_sheet(colours: Colours) -> str:
    """Return the few rules that the palette cannot say."""
    rules = _STYLE
    for field in sorted(fields(colours), key=lambda field: -len(field.name)):
        rules = rules.replace(f"${field.name}", getattr(colours, field.name))
    return rules
