//! The table of everything that the program answers: what each endpoint is asked, what it tells nobody and its owner, and how long an
//! answer may be kept. The list itself comes from the program: a call or a route with no row here fails, or does not compile.

mod addresses;
mod calls;
mod things;

pub(crate) use addresses::{Kept, addresses};
pub(crate) use calls::{CALLS, call_of};
pub(crate) use things::Things;

/// An act of writing that nobody did.
pub(crate) const KEY: &str = "11111111-2222-4333-8444-555555555555";

/// What of somebody's an endpoint names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Names {
    /// Nothing.
    Nothing,
    /// A ticket.
    Ticket,
    /// A ticket, and an act of writing in it.
    TicketAndKey,
    /// A ticket, and a file in it.
    TicketAndFile,
    /// A session.
    Session,
    /// A file that waits for a message.
    Upload,
}

impl Names {
    /// Whether two sets of things are the same to an endpoint that names so much.
    pub(crate) fn tells_apart(self, one: &Things, other: &Things) -> bool {
        match self {
            Self::Nothing => false,
            Self::Ticket => one.ticket != other.ticket,
            Self::TicketAndKey => (&one.ticket, &one.key) != (&other.ticket, &other.key),
            Self::TicketAndFile => (&one.ticket, &one.file) != (&other.ticket, &other.file),
            Self::Session => one.session != other.session,
            Self::Upload => one.upload != other.upload,
        }
    }
}
