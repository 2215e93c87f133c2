//! What the portal has to live through: a slow or lying Chatwoot, its own end, and the loss of what it had.

use std::time::Duration;

use app::tickets::model::TicketId;
use fake_chatwoot::Weather;
use server::store::customers::CustomerId;

use super::{Liar, Stage, folder};

impl Stage {
    /// Waits until a customer's open pages have been told of this ticket after so many words.
    pub async fn told_of_after(&self, words: u64, customer: CustomerId, ticket: &TicketId) {
        let mut told = self.told.0.subscribe();
        let word = (customer, Some(ticket.clone()));
        let after = usize::try_from(words).unwrap();
        let is_it = |told: &Vec<(CustomerId, Option<TicketId>)>| told[after..].contains(&word);
        told.wait_for(is_it).await.unwrap();
    }

    /// A portal for this weather: where Chatwoot hangs, one that does not wait long. It is real time, of which a call needs some too
    /// that is answered.
    pub async fn for_weather(weather: Weather) -> Self {
        let mut stage = Self::not_started().await;
        if weather == Weather::Hanging {
            stage.patience = Duration::from_secs(2);
        }
        stage.start().await;
        stage
    }

    /// Puts a liar between the portal and the fake.
    pub async fn with_liar(&mut self) -> Liar {
        let (liar, url) = Liar::before(self.fake.url(), self.clock.clone()).await;
        self.asks = Some(url);
        self.restart().await;
        liar
    }

    /// Ends it wherever it is, as `kill -9` would.
    pub async fn kill(&mut self) {
        if let Some(tickets) = self.tickets.take() {
            tickets.kill().await;
            // Somebody may still hold a handle.
            tickets.store().close().await;
        }
    }

    pub async fn restart(&mut self) {
        self.kill().await;
        self.start().await;
    }

    /// Takes the read model away, as an operator who deletes the file.
    pub async fn lose_read_model(&mut self) {
        self.kill().await;
        drop(self.store().await);
        for name in ["model.db", "model.db-wal", "model.db-shm"] {
            let _ = std::fs::remove_file(self.folder.path().join(name));
        }
        self.start().await;
    }

    /// What a copy of `portal.db` has that is made now.
    pub async fn backup(&self) -> Vec<u8> {
        self.settle().await;
        assert!(self.tickets().store().scrub().await.unwrap());
        std::fs::read(self.folder.path().join("portal.db")).unwrap()
    }

    /// Puts a copy of `portal.db` in its place, and leaves the read model as it is.
    pub async fn put_back(&mut self, backup: &[u8]) {
        self.kill().await;
        drop(self.store().await);
        // A file of its own: somebody may still have the other open.
        for name in ["portal.db", "portal.db-wal", "portal.db-shm"] {
            let _ = std::fs::remove_file(self.folder.path().join(name));
        }
        std::fs::write(self.folder.path().join("portal.db"), backup).unwrap();
        self.start().await;
    }

    /// Takes everything away that the portal had.
    pub async fn lose_store(&mut self) {
        self.kill().await;
        drop(self.store().await);
        self.folder = folder::new();
        // Customers are numbered anew.
        self.told.0.send_modify(Vec::clear);
        self.start().await;
    }
}
