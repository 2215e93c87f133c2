//! The words of the page itself, in a visitor's language. All others are the browser's to read: kept here as well, in every language and
//! with English behind each, they were the largest part of an idle portal's own memory.

use app::language::catalogue::Catalogue;
use fluent::FluentArgs;

/// Messages of `app.ftl` that are needed where the app is not there to say them: that it did not load, and what it is going to show first.
const PAGE_TEXTS: [&str; 46] = [
    "page-failed",
    "page-load-again",
    "page-needs-script",
    "tickets-title",
    "new-ticket",
    "find-placeholder",
    "sort-activity",
    "sort-newest",
    "show-all",
    "show-open",
    "show-waiting",
    "show-solved",
    "choose-title",
    "choose-text",
    "you",
    "no-subject",
    "row-last",
    "row-sending",
    "row-waiting",
    "row-failed",
    "status-received",
    "status-in-progress",
    "status-waiting-for-you",
    "status-solved",
    "status-cancelled",
    "priority-low",
    "priority-medium",
    "priority-high",
    "priority-urgent",
    "ticket-number",
    "ticket-opened",
    "mails-ticket",
    "cancel-ticket",
    "message-deleted",
    "message-by-email",
    "message-goes-on",
    "message-unsupported",
    "picture-elsewhere",
    "earlier-mails",
    "event-cancelled",
    "event-solved",
    "event-reopened",
    "reply-reopens",
    "reply-reopens-cancelled",
    "reply-mail",
    "reply-mail-reopens",
];

/// Arguments of those messages, and the character that stands in place of each until it is known.
const ARGUMENTS: [(&str, &str); 4] = [
    ("who", "\u{1}"),
    ("words", "\u{2}"),
    ("number", "\u{3}"),
    ("date", "\u{4}"),
];

/// Those words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageTexts(Vec<Box<str>>);

impl PageTexts {
    /// Taken from a catalogue.
    pub fn of(catalogue: &Catalogue) -> Self {
        let args = FluentArgs::from_iter(ARGUMENTS);
        let text = |id| catalogue.text(id, Some(&args)).into_boxed_str();
        Self(PAGE_TEXTS.map(text).into())
    }

    /// One of them, by its id in `app.ftl`; nothing for what is none.
    pub fn get(&self, id: &str) -> &str {
        let at = PAGE_TEXTS.iter().position(|known| *known == id);
        debug_assert!(at.is_some(), "{id} is none of the page's texts");
        at.and_then(|at| self.0.get(at)).map_or("", |text| text)
    }

    /// What stands in them for an argument.
    pub fn place(argument: &str) -> &'static str {
        let known = ARGUMENTS.iter().find(|(known, _)| *known == argument);
        known.map_or("", |(_, place)| place)
    }
}
