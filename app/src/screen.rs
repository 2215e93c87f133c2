//! The table of screens: which there are, where each is, and what it takes to see it. Views are chosen by an exhaustive match on [`Screen`].

use crate::paths::{ACCOUNT, CHECK_EMAIL, CONFIRM, NEW_TICKET, SIGN_IN, TICKETS};
use crate::tickets::model::TicketId;

/// A screen of the portal, as its address names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    /// The base path itself: leads on to the tickets.
    Home,
    /// The list of tickets.
    Tickets,
    /// The form for a new ticket.
    NewTicket,
    /// One ticket; whatever stands in a ticket's place and is none is nobody's ticket, which is missing as another's is.
    Ticket(TicketId),
    /// The customer's account.
    Account,
    /// Asks for a sign-in mail.
    SignIn,
    /// Asks for the code of the mail.
    CheckEmail,
    /// Where the link of the mail leads.
    Confirm,
    /// No screen has this address.
    NotFound,
}

/// Screens that share a frame: moving within one keeps what is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// The list with what is open beside it; for the signed-in only.
    Workspace,
    /// His account; for the signed-in only.
    Account,
    /// Signing in; for those who are not.
    SignIn,
    /// The link of a mail; for everybody.
    Link,
    /// Leads on.
    Home,
    /// Nothing is here.
    NotFound,
}

impl Screen {
    /// The screen at a path below the base path.
    pub fn at(path: &str) -> Self {
        match path.strip_suffix('/').unwrap_or(path) {
            "" => Self::Home,
            TICKETS => Self::Tickets,
            NEW_TICKET => Self::NewTicket,
            ACCOUNT => Self::Account,
            SIGN_IN => Self::SignIn,
            CHECK_EMAIL => Self::CheckEmail,
            CONFIRM => Self::Confirm,
            other => other
                .strip_prefix("/tickets/")
                .filter(|id| !id.is_empty() && !id.contains('/'))
                .map_or(Self::NotFound, |id| {
                    Self::Ticket(TicketId::from(id.to_owned()))
                }),
        }
    }

    /// The frame it is shown in.
    pub fn area(&self) -> Area {
        match self {
            Self::Home => Area::Home,
            Self::Tickets | Self::NewTicket | Self::Ticket(_) => Area::Workspace,
            Self::Account => Area::Account,
            Self::SignIn | Self::CheckEmail => Area::SignIn,
            Self::Confirm => Area::Link,
            Self::NotFound => Area::NotFound,
        }
    }

    /// The ticket that is open.
    pub fn ticket(&self) -> Option<&TicketId> {
        match self {
            Self::Ticket(id) => Some(id),
            _ => None,
        }
    }
}

/// A path of the page's address without the base path; `None` when it lies outside of it.
pub fn below_base<'a>(base: &str, path: &'a str) -> Option<&'a str> {
    let rest = path.strip_prefix(base)?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paths;

    #[test]
    fn every_path_of_ours_has_its_screen() {
        let id = TicketId::parse("6bdc3f4d-0bec-4515-a284-5d916fdde489").unwrap();
        for (path, screen) in [
            ("".to_owned(), Screen::Home),
            ("/".to_owned(), Screen::Home),
            (paths::TICKETS.to_owned(), Screen::Tickets),
            ("/tickets/".to_owned(), Screen::Tickets),
            (paths::NEW_TICKET.to_owned(), Screen::NewTicket),
            (paths::ticket(&id), Screen::Ticket(id.clone())),
            (
                "/tickets/1042".to_owned(),
                Screen::Ticket(TicketId::nobodys()),
            ),
            (paths::ACCOUNT.to_owned(), Screen::Account),
            (paths::SIGN_IN.to_owned(), Screen::SignIn),
            (paths::CHECK_EMAIL.to_owned(), Screen::CheckEmail),
            (paths::CONFIRM.to_owned(), Screen::Confirm),
        ] {
            assert_eq!(Screen::at(&path), screen, "{path}");
        }
    }

    #[test]
    fn what_is_no_screen_is_not_found() {
        for path in [
            "/nowhere",
            "/tickets//",
            "/tickets/1042/x",
            "tickets",
            "/Tickets",
        ] {
            assert_eq!(Screen::at(path), Screen::NotFound, "{path}");
        }
    }

    #[test]
    fn the_base_path_ends_at_a_slash() {
        assert_eq!(below_base("/portal", "/portal/tickets"), Some("/tickets"));
        assert_eq!(below_base("/portal", "/portal"), Some(""));
        assert_eq!(below_base("/portal", "/portals"), None);
        assert_eq!(below_base("", "/tickets"), Some("/tickets"));
    }
}
