//! The parts of the app that the browser loads by themselves: signing in, what a signed-in customer sees first, and what comes after it. All
//! else is there from the start.

use crate::screen::{Area, Screen};

#[cfg(feature = "csr")]
pub mod load;
#[cfg(feature = "csr")]
pub mod press;

/// A part, in the order in which a visit needs them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The list of tickets.
    List,
    /// Reading a ticket.
    Thread,
    /// Writing: the composer, the form for a new ticket, what waits to be sent; and the account.
    Desk,
    /// Signing in: its forms, where a mail's link leads, and what stands above a page whose session is over.
    Door,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 4] = [Self::List, Self::Thread, Self::Desk, Self::Door];

    /// Its name in the bundle.
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Thread => "thread",
            Self::Desk => "desk",
            Self::Door => "door",
        }
    }

    /// What has to be there before a page that begins with this screen is shown.
    pub fn needed(screen: &Screen, signed_in: bool) -> &'static [Self] {
        match (screen.area(), signed_in) {
            (Area::NotFound, _) => &[],
            (Area::Link, _) | (_, false) => &[Self::Door],
            (Area::Workspace, true) => match screen {
                Screen::Ticket(_) => &[Self::Thread],
                Screen::NewTicket => &[Self::Desk],
                _ => &[Self::List],
            },
            (Area::Home | Area::SignIn, true) => &[Self::List],
            (Area::Account, true) => &[Self::Desk],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paths;

    #[test]
    fn a_page_waits_for_what_it_shows_and_for_nothing_else() {
        let needed = |path: &str, signed_in| Part::needed(&Screen::at(path), signed_in);
        assert_eq!(needed(paths::SIGN_IN, false), [Part::Door]);
        assert_eq!(needed(paths::TICKETS, false), [Part::Door]);
        assert_eq!(needed(paths::CONFIRM, true), [Part::Door]);
        assert_eq!(needed("/nowhere", false), []);
        assert_eq!(needed("/", true), [Part::List]);
        assert_eq!(needed(paths::TICKETS, true), [Part::List]);
        assert_eq!(needed(paths::NEW_TICKET, true), [Part::Desk]);
        assert_eq!(needed("/tickets/1042", true), [Part::Thread]);
        assert_eq!(needed(paths::ACCOUNT, true), [Part::Desk]);
    }
}
