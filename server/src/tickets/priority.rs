//! Whether customers see how urgent a ticket is, and say so themselves. What the operator does not show is not kept either, so that
//! nothing which agents do with it moves anything.

use std::str::FromStr;

use app::tickets::model::TicketRow;

use super::Tickets;
use crate::failure::chain;
use crate::store::lists;
use crate::store::outbox::wish;

/// What becomes of priorities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PriorityUse {
    /// They are the agents' alone.
    #[default]
    Off,
    /// A ticket's is shown to its customer.
    Show,
    /// And he may choose one when he opens it.
    Ask,
}

impl FromStr for PriorityUse {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.to_ascii_lowercase().as_str() {
            "off" => Ok(Self::Off),
            "show" => Ok(Self::Show),
            "ask" => Ok(Self::Ask),
            _ => Err(()),
        }
    }
}

impl PriorityUse {
    /// Customers see them.
    pub fn shows(self) -> bool {
        match self {
            Self::Off => false,
            Self::Show | Self::Ask => true,
        }
    }

    /// Customers choose one.
    pub fn asks(self) -> bool {
        match self {
            Self::Off | Self::Show => false,
            Self::Ask => true,
        }
    }

    /// A row as a customer may see it: what was shown before and is no longer may still be kept.
    pub(super) fn as_shown(self, mut row: TicketRow) -> TicketRow {
        row.priority = row.priority.filter(|_| self.shows());
        row
    }
}

/// The operator may have changed his mind. Shown from now on, every list is fetched anew, since what is here was kept without; no longer
/// asked for, what was chosen and is not set yet is not.
pub(super) fn start(tickets: &Tickets) {
    let wanted = tickets.settings.priority;
    let busy = tickets.background.busy();
    let this = tickets.clone();
    tickets.background.spawn("setting of PRIORITY", async move {
        let changed = this.store.write(move |tx| {
            lists::have_priorities(tx, wanted.shows())?;
            if wanted.asks() {
                return Ok(());
            }
            wish::forget_all(tx)
        });
        if let Err(error) = changed.await {
            tracing::error!(cause = chain(&error), "PRIORITY is not heeded");
        }
        drop(busy);
    });
}
