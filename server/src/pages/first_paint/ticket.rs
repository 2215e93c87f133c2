//! A ticket: its head, the end of its thread, and the room where one answers.

use app::tickets::lines::{Shows, lines};
use app::tickets::model::{
    Author, Delivery, EventKind, File, FileKind, Message, MessageKind, ReplyRule, Status,
    TicketView,
};

use super::nodes::nodes;
use super::{FirstPaint, TIME};
use crate::pages::shell::escape;

/// Lines of the thread that are drawn, from its end: as many as a high window shows.
const LINES: usize = 16;

/// As wide as what comes after a name, and as a day; not seen.
const LATER: &str = "<time>, 00:00</time>";
const DATE: &str = "00 00000000";

const DAY: u64 = 86_400_000;

impl FirstPaint<'_> {
    pub(super) fn ticket(&self, ticket: &TicketView) -> String {
        let (back, badge) = (self.text("tickets-title"), self.badge(ticket.row.status));
        let subject = escape(&self.subject(&ticket.row));
        let priority = self.priority(&ticket.row);
        let number = ticket.row.number.map_or_else(String::new, |number| {
            let number = number.to_string();
            let words = self.say("ticket-number", &[("number", &number)]);
            format!("<span>{words}</span>")
        });
        let later = self.facts_that_come_later(ticket);
        let thread = self.thread(ticket);
        let note = self.note(ticket);
        format!(
            "<div class=\"detail\" data-open><article class=\"ticket\"><header class=\"ticket-head\">\
             <span class=\"back\"><span class=\"icon\" data-icon=\"back\"></span><span>{back}</span></span>\
             <h1 dir=\"auto\">{subject}</h1><div class=\"ticket-facts\">{badge}{priority}{number}{later}</div></header>\
             <div class=\"thread\"><ol class=\"lines\">{thread}</ol></div>\
             <footer class=\"composer\">{note}<div class=\"composer-form\"></div></footer></article></div>"
        )
    }

    /// What needs the browser's calendar, or can be pressed: not seen, but it may take a line of its own.
    fn facts_that_come_later(&self, ticket: &TicketView) -> String {
        let opened = self.say("ticket-opened", &[("date", DATE)]);
        let mut facts = format!("<span class=\"first-later\">{opened}</span>");
        if ticket.mails.is_some() && self.session.mails == Some(true) {
            let words = self.text("mails-ticket");
            facts.push_str(&format!(
                "<span class=\"switch first-later\"><input type=\"checkbox\"><span>{words}</span></span>"
            ));
        }
        if ticket.can_cancel {
            let words = self.text("cancel-ticket");
            facts.push_str(&format!(
                "<span class=\"button first-later\" data-kind=\"plain\"><span>{words}</span></span>"
            ));
        }
        facts
    }

    fn thread(&self, ticket: &TicketView) -> String {
        // The browser knows the customer's calendar; here a day is one of Greenwich's.
        let lines = lines(&ticket.entries, |at| (at / DAY) as i64);
        let from = lines.len().saturating_sub(LINES);
        let line = |shows: &Shows| match shows {
            Shows::Day(_) => format!("<li class=\"day\">{TIME}</li>"),
            Shows::Event(_, kind) => {
                format!("<li class=\"event\">{}{LATER}</li>", self.event(*kind))
            }
            Shows::Message(message, named) => self.message(message, *named),
        };
        lines[from..].iter().map(|it| line(&it.shows)).collect()
    }

    fn event(&self, kind: EventKind) -> String {
        self.text(match kind {
            EventKind::CancelledByYou => "event-cancelled",
            EventKind::SolvedByTeam => "event-solved",
            EventKind::Reopened => "event-reopened",
        })
    }

    fn message(&self, message: &Message, named: bool) -> String {
        let by = match message.author {
            Author::You => "you",
            Author::Agent(_) | Author::Team => "them",
        };
        let state = match message.delivery {
            Delivery::Sent => "",
            Delivery::Sending | Delivery::Waiting | Delivery::Mailed => " data-state=\"sending\"",
            Delivery::Failed | Delivery::Lost => " data-state=\"failed\"",
        };
        let (first, named) = match named {
            true => (" data-first", " data-named"),
            false => ("", ""),
        };
        let who = escape(&self.author(&message.author));
        let special = |id| format!("<p class=\"message-special\">{}</p>", self.text(id));
        let body = match message.kind {
            MessageKind::Text => nodes(&message.body, self.texts),
            MessageKind::Deleted => special("message-deleted"),
            MessageKind::SomebodyByEmail => special("message-by-email"),
            MessageKind::GoesOnByEmail => special("message-goes-on"),
            MessageKind::Unsupported => special("message-unsupported"),
        };
        let bubble = match body.is_empty() {
            true => String::new(),
            false => format!("<div class=\"bubble prose\">{body}</div>"),
        };
        let files = files(&message.files);
        format!(
            "<li class=\"message\" data-by=\"{by}\"{state}{first}><p class=\"message-head\"{named}>\
             <bdi class=\"message-who\">{who}</bdi>{LATER}</p>{bubble}{files}</li>"
        )
    }

    /// What is said before one writes.
    fn note(&self, ticket: &TicketView) -> String {
        let id = match (&ticket.reply, ticket.row.status) {
            (ReplyRule::Mail(false), _) => "reply-mail",
            (ReplyRule::Mail(true), _) => "reply-mail-reopens",
            (ReplyRule::Reopens, Status::Cancelled) => "reply-reopens-cancelled",
            (ReplyRule::Reopens, _) => "reply-reopens",
            _ => return String::new(),
        };
        format!("<p class=\"composer-note\">{}</p>", self.text(id))
    }
}

/// The room they take; a name where there is nothing to see.
fn files(files: &[File]) -> String {
    if files.is_empty() {
        return String::new();
    }
    let file = |file: &File| match file.kind {
        FileKind::Image => "<li><span class=\"picture\"></span></li>".to_owned(),
        _ => {
            let name = escape(&file.name);
            format!("<li><span class=\"file\"><bdi class=\"file-name\">{name}</bdi></span></li>")
        }
    };
    let files: String = files.iter().map(file).collect();
    format!("<ul class=\"files\">{files}</ul>")
}
