"""The help's page on the worklist: what stands in it, in which order, and how to narrow it."""

from pneumo_desktop.core.card_figures import Table
from pneumo_desktop.core.card_words import Section
from pneumo_desktop.core.ordering import DEFAULT_ORDERING, rule_lines
from pneumo_desktop.ui.queue_columns import COLUMNS
from pneumo_desktop.ui.translation import translate, translated


def worklist_page() -> tuple[Section, ...]:
    """Return how the worklist is read."""
    rows = tuple((column.title, column.tip) for column in COLUMNS)
    heading = (translate("Help", "Column"), translate("Help", "What it shows"))
    return (
        Section(
            translate("Help", "The worklist"),
            (
                translate("Help", "Every film that was answered stands here until it is archived."),
                translate(
                    "Help",
                    "Bold films are unread. Next unread (menu Reading) goes to the most urgent one "
                    "that was not on view yet.",
                ),
            ),
        ),
        Section(translate("Help", "Order"), tuple(map(translated, rule_lines(DEFAULT_ORDERING)))),
        Section(
            translate("Help", "Changing the order"),
            (
                translate(
                    "Help",
                    "How fast waiting films rise is chosen in Preferences, Reading, or in Columns, "
                    "How the list is ordered.",
                ),
                translate(
                    "Help",
                    "A click on a column's title sorts by it, again the other way round; with "
                    "Shift several columns count, in the order they were clicked. Columns are "
                    "dragged to another place, and chosen under Columns.",
                ),
            ),
        ),
        Section(
            translate("Help", "Studies"),
            (
                translate(
                    "Help",
                    "Films of one study share a row; (+2) says that there are two more. The bar "
                    "below the list steps through them. The row counts as read once all are.",
                ),
            ),
        ),
        Section(
            translate("Help", "Check and Apart"),
            (
                translate(
                    "Help",
                    "Check: a film without an answer that a reader must look at (too little "
                    "confidence, a lateral or an inverted film). It stands above every Normal.",
                ),
                translate(
                    "Help",
                    "Apart: no chest film, or a file that cannot be read. It has no priority; the "
                    "line below the list counts such films with their reasons and shows them.",
                ),
            ),
        ),
        Section(
            translate("Help", "Filters"),
            (
                translate(
                    "Help",
                    "Above the list: by words (patient, identifier, file, note; every word must "
                    "occur), answer, priority, status and day. The film on view stays listed.",
                ),
                translate(
                    "Help",
                    "Blind first hides answers until you have called the film: films then stand "
                    "as they came, and filters that would tell an answer are off.",
                ),
            ),
        ),
        Section(translate("Help", "Columns"), (), (Table("", heading, rows),)),
    )
