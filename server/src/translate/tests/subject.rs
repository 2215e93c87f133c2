//! The line with a ticket's subject: ours is hidden, and nothing else.

use super::*;

#[test]
fn an_earlier_portals_subject_line_is_hidden_where_it_says_the_subject() {
    let table = [
        // subject, content, what is shown
        ("Thanks!", "**Thanks!**\n\nHelp!", "Help!"),
        ("Thanks!", "**Thanks\\!**\n\nHelp!", "Help!"),
        ("a_b - c", "**a\\_b - c**\n\nHelp!", "Help!"),
        ("C:\\x", "**C:\\x**\n\nHelp!", "Help!"),
        ("Thanks", "**Thanks!**\n\nHelp!", "**Thanks!**\n\nHelp!"),
        ("Thanks", "**Thanks** Help!", "**Thanks** Help!"),
        ("", "****\n\nHelp!", "****\n\nHelp!"),
    ];
    for (subject, content, shown) in table {
        let row = chatwoot::Message {
            source_id: None,
            created_at: 1_800_000_000,
            ..incoming(content)
        };
        let adopted = read_in(&row, subject, true);
        assert_eq!(adopted.body, markdown(shown), "{content}");
        // Without a mark nobody knows that it is ours.
        let own = read_in(&row, subject, false);
        assert_eq!(own.body, markdown(content), "{content}");
    }
}

#[test]
fn the_subject_line_is_hidden_only_where_it_is_ours() {
    let line = subject_line("Printer *on* fire");
    let ours = format!("portal:{KEY}");
    let table = [
        // content, source_id, created_at, what is shown
        (
            first_message("Printer *on* fire", "Help!"),
            Some(&ours),
            1_800_000_000,
            "Help!".to_owned(),
        ),
        (
            first_message("Printer *on* fire", "Help!"),
            None,
            1_800_000_000,
            format!("{line}\n\nHelp!"),
        ),
        (
            first_message("Printer *on* fire", "Help!"),
            Some(&ours),
            1_800_000_900,
            format!("{line}\n\nHelp!"),
        ),
        (
            first_message("Another", "Help!"),
            Some(&ours),
            1_800_000_000,
            "**Another**\n\nHelp!".to_owned(),
        ),
        (line.clone(), Some(&ours), 1_800_000_000, line.clone()),
        (
            format!("{line} Help!"),
            Some(&ours),
            1_800_000_000,
            format!("{line} Help!"),
        ),
    ];
    for (content, source_id, created_at, shown) in table {
        let row = chatwoot::Message {
            source_id: source_id.cloned(),
            created_at,
            ..incoming(&content)
        };
        assert_eq!(read(&row).body, markdown(&shown), "{content}");
    }
}
