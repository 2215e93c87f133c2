//! What the server puts into the shell, so that the first view waits for no round trip: a JSON data block with the id [`ELEMENT`], and one
//! with the id [`TICKET`] where the address names a ticket, since it takes more of the app to read that.

use serde::{Deserialize, Serialize};

use crate::session::model::{PortalConfig, SessionView};
use crate::tickets::model::TicketList;

/// Id of the element that holds it as JSON.
pub const ELEMENT: &str = "first-view";

/// Id of the element that holds the ticket that the address names, a [`TicketView`](crate::tickets::model::TicketView).
pub const TICKET: &str = "first-ticket";

/// Cookie in which the browser keeps the look that was chosen: `light`, `dark` or `system`. The shell's `data-theme` is stamped from it.
pub const THEME_COOKIE: &str = "portal_theme";

/// What a page needs first. What is `None` the browser asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstView {
    /// What every visitor may know.
    pub config: PortalConfig,
    /// Who is signed in, if anybody.
    pub session: Option<SessionView>,
    /// The first page of his tickets, on the list and on a ticket.
    pub tickets: Option<TicketList>,
}
