//! How urgent a ticket is shown to be: what Chatwoot says, or else what its customer chose while that is not set.

use app::tickets::priority::Priority;
use rusqlite::params;

use super::Change;
use crate::store::outbox::wish;
use crate::store::{StoreError, json};

impl Change<'_, '_> {
    /// What Chatwoot says of it, as far as customers see that.
    pub fn priority(&mut self, told: Option<Priority>) -> Result<(), StoreError> {
        let shown = match told {
            Some(told) => Some(told),
            None => wish::of_ticket(self.tx, self.ticket)?,
        };
        let shown = shown.map(|it| json::write("tickets", &it)).transpose()?;
        let changed = self
            .tx
            .prepare_cached(
                "UPDATE model.tickets SET priority = ?2 WHERE ticket = ?1 AND priority IS NOT ?2",
            )?
            .execute(params![self.ticket.as_str(), shown])?;
        self.shows |= changed == 1;
        Ok(())
    }
}
