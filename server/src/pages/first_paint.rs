//! What the app is going to show first, as plain HTML: it can be read while the app is still on its way, and goes when the app shows the same.
//!
//! It stands in a closed shadow root: neither the app, nor its ids, nor a reader of screens meets anything twice. Nothing in it can be pressed.
//! What only the browser knows, such as the time where it is, leaves the room that it will take.

mod nodes;
mod ticket;

use app::language::direction;
use app::screen::Screen;
use app::session::model::SessionView;
use app::tickets::find::{Find, Piece, Show, Sort};
use app::tickets::model::{Author, Delivery, Status, TicketList, TicketRow, TicketView};

use super::shell::escape;
use crate::languages::PageTexts;

/// Rows that are drawn: as many as a high window shows.
const ROWS: usize = 16;

/// What is drawn, and in whose words.
pub(super) struct FirstPaint<'a> {
    /// Where the stylesheet is.
    pub(super) style: &'a str,
    /// `ltr` or `rtl`.
    pub(super) direction: &'a str,
    pub(super) texts: &'a PageTexts,
    /// Base path, without a slash at its end.
    pub(super) base: &'a str,
    pub(super) brand_name: &'a str,
    /// Address of the logo below the base path.
    pub(super) logo: Option<&'a str>,
    /// Who is signed in.
    pub(super) session: &'a SessionView,
    pub(super) screen: &'a Screen,
    /// What the list was asked for.
    pub(super) find: &'a Find,
    pub(super) list: &'a TicketList,
    pub(super) ticket: Option<&'a TicketView>,
}

impl FirstPaint<'_> {
    /// The HTML of it. Nothing for a screen that shows no tickets, or has none to show.
    pub(super) fn html(&self) -> String {
        let detail = match (self.screen, self.ticket) {
            (Screen::Tickets, _) => self.nothing_chosen(),
            (Screen::Ticket(_), Some(ticket)) => self.ticket(ticket),
            _ => return String::new(),
        };
        if self.list.rows.is_empty() {
            return String::new();
        }
        let (style, direction) = (self.style, self.direction);
        let (top_bar, list) = (self.top_bar(), self.list());
        // Its looks come with the stylesheet: until that is there, `popover` keeps it from being shown without.
        format!(
            "<div class=\"shell-first\" aria-hidden=\"true\"><template shadowrootmode=\"closed\">\
             <link rel=\"stylesheet\" href=\"{style}\"><div class=\"first-paint\" dir=\"{direction}\" popover>{top_bar}\
             <div class=\"first-main\"><div class=\"workspace\"><div class=\"panes\">{list}{detail}</div></div></div>\
             </div></template></div>"
        )
    }

    fn text(&self, id: &str) -> String {
        escape(self.texts.get(id))
    }

    /// A text with arguments, which are HTML.
    fn say(&self, id: &str, arguments: &[(&str, &str)]) -> String {
        let fill = |text: String, (name, html): &(&str, &str)| {
            text.replacen(PageTexts::place(name), html, 1)
        };
        arguments.iter().fold(self.text(id), fill)
    }

    fn top_bar(&self) -> String {
        let logo = self.logo.map_or_else(String::new, |logo| {
            let (base, logo) = (self.base, escape(logo));
            format!("<img class=\"brand-logo\" src=\"{base}{logo}\" alt=\"\">")
        });
        let name = escape(self.brand_name);
        let address = escape(&self.session.address);
        format!(
            "<header class=\"top-bar\"><span class=\"brand\">{logo}<bdi>{name}</bdi></span>\
             <span class=\"account-button\"><span class=\"icon\" data-icon=\"person\"></span>\
             <bdi class=\"account-address\">{address}</bdi><span class=\"icon\" data-icon=\"down\"></span></span></header>"
        )
    }

    fn list(&self) -> String {
        let rows: String = self
            .list
            .rows
            .iter()
            .take(ROWS)
            .map(|row| self.row(row))
            .collect();
        let (title, new, finder) = (
            self.text("tickets-title"),
            self.text("new-ticket"),
            self.finder(),
        );
        format!(
            "<section class=\"list\"><header class=\"list-head\"><h1>{title}</h1>\
             <span class=\"button\" data-kind=\"primary\"><span>{new}</span></span></header>{finder}\
             <div class=\"list-scroll\"><ul class=\"rows\">{rows}</ul></div></section>"
        )
    }

    fn finder(&self) -> String {
        let words = match self.find.words.trim() {
            "" => format!(
                "<span class=\"first-hint\">{}</span>",
                self.text("find-placeholder")
            ),
            words => escape(words),
        };
        let sort = match self.find.sort {
            Sort::Activity => self.text("sort-activity"),
            Sort::Newest => self.text("sort-newest"),
        };
        let filter = |show: Show| {
            let current = match show == self.find.show {
                true => " aria-current=\"true\"",
                false => "",
            };
            let word = self.text(&format!("show-{}", show.word()));
            let count = self.list.counts.of(show);
            format!(
                "<li><span class=\"filter\"{current}>{word} <span class=\"filter-count\">{count}</span></span></li>"
            )
        };
        let filters: String = Show::EACH.map(filter).concat();
        format!(
            "<div class=\"finder\"><div class=\"finder-top\"><div class=\"finder-words\">\
             <span class=\"icon\" data-icon=\"search\"></span><span class=\"input\">{words}</span></div>\
             <span class=\"input finder-order\">{sort}</span></div><ul class=\"filters\">{filters}</ul></div>"
        )
    }

    fn row(&self, row: &TicketRow) -> String {
        let is_open = matches!(self.screen, Screen::Ticket(id) if *id == row.id);
        let current = if is_open {
            " aria-current=\"page\""
        } else {
            ""
        };
        let unread = if row.unread { " data-unread" } else { "" };
        let badge = self.badge(row.status);
        let priority = self.priority(row);
        let subject = self.subject(row);
        let runs = direction::of(&subject);
        let found = row.found.as_ref();
        let subject = match found.map(|found| &found.subject) {
            Some(found) if !found.is_empty() => pieces(found),
            _ => escape(&subject),
        };
        let (delivery, last_runs, last) = self.last(row);
        format!(
            "<li><div class=\"row\"{current}{unread}><span class=\"row-top\">{badge}{priority}{TIME}</span>\
             <span class=\"row-subject\" dir=\"{runs}\">{subject}</span>\
             <span class=\"row-last\" dir=\"{last_runs}\"{delivery}>{last}</span></div></li>"
        )
    }

    /// State, direction and HTML of a row's last line.
    fn last(&self, row: &TicketRow) -> (&'static str, &'static str, String) {
        let said = |id, state| (state, "auto", self.text(id));
        let by = |who: &Author, words: &str| {
            let who = escape(&self.author(who));
            self.say("row-last", &[("words", words), ("who", &who)])
        };
        let found = row.found.as_ref().and_then(|found| found.message.as_ref());
        match (row.delivery, &row.last, found) {
            (Delivery::Sending, ..) => said("row-sending", " data-state=\"sending\""),
            (Delivery::Waiting, ..) => said("row-waiting", " data-state=\"sending\""),
            (Delivery::Failed | Delivery::Lost, ..) => said("row-failed", " data-state=\"failed\""),
            (_, last, Some((_, who, words))) => {
                let runs = last
                    .as_ref()
                    .map_or("auto", |(_, last)| direction::of(last));
                ("", runs, by(who, &pieces(words)))
            }
            (_, Some((who, words)), None) => ("", direction::of(words), by(who, &escape(words))),
            (_, None, None) => ("", "auto", String::new()),
        }
    }

    fn subject(&self, row: &TicketRow) -> String {
        match row.subject.trim().is_empty() {
            true => self.texts.get("no-subject").to_owned(),
            false => row.subject.clone(),
        }
    }

    fn author(&self, author: &Author) -> String {
        match author {
            Author::You => self.texts.get("you").to_owned(),
            Author::Agent(name) => name.clone(),
            Author::Team => self.brand_name.to_owned(),
        }
    }

    fn badge(&self, status: Status) -> String {
        let (name, word) = (status.name(), self.text(word_of(status)));
        format!("<span class=\"badge\" data-status=\"{name}\">{word}</span>")
    }

    fn priority(&self, row: &TicketRow) -> String {
        row.priority.map_or_else(String::new, |priority| {
            let name = priority.name();
            let words = self.text(&format!("priority-{name}"));
            format!("<span class=\"priority\" data-priority=\"{name}\">{words}</span>")
        })
    }

    /// Beside the list, where there is room for it.
    fn nothing_chosen(&self) -> String {
        let (title, text) = (self.text("choose-title"), self.text("choose-text"));
        format!(
            "<div class=\"detail\"><div class=\"empty\"><span class=\"icon\" data-icon=\"ticket\"></span>\
             <p class=\"empty-title\">{title}</p><p class=\"empty-text\">{text}</p></div></div>"
        )
    }
}

/// As wide as most times are, and not seen.
const TIME: &str = "<time>00:00</time>";

fn word_of(status: Status) -> &'static str {
    match status {
        Status::Received => "status-received",
        Status::InProgress => "status-in-progress",
        Status::WaitingForYou => "status-waiting-for-you",
        Status::Solved => "status-solved",
        Status::Cancelled => "status-cancelled",
    }
}

fn pieces(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Plain(text) => escape(text),
        Piece::Found(text) => format!("<mark>{}</mark>", escape(text)),
    };
    pieces.iter().map(piece).collect()
}

#[cfg(test)]
mod tests;
