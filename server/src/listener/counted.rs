//! How many connections each client has, or bodies that are read. An IPv6 client is its /64.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use crate::rate_limit::ClientNet;

/// The connections of all clients, or whatever else one client may have only so many of.
#[derive(Default)]
pub struct Counted(Mutex<HashMap<ClientNet, usize>>);

/// One that counts until it is dropped.
pub struct Place {
    counted: Arc<Counted>,
    client: ClientNet,
}

impl Counted {
    /// Counts one more, unless the client has `most`.
    pub fn take(self: &Arc<Self>, ip: IpAddr, most: usize) -> Option<Place> {
        let client = ClientNet::from(ip);
        let mut clients = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = clients.entry(client).or_insert(0);
        // A count that is at its most was there before: nothing to take back.
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Place {
            counted: Arc::clone(self),
            client,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut clients = self
            .counted
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = clients.get_mut(&self.client) {
            *count -= 1;
            if *count == 0 {
                clients.remove(&self.client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r9_a_client_has_so_many_connections_and_no_more_until_one_ends() {
        let counted = Arc::new(Counted::default());
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let one = counted.take(ip("192.0.2.1"), 2).unwrap();
        let two = counted.take(ip("::ffff:192.0.2.1"), 2).unwrap();
        assert!(counted.take(ip("192.0.2.1"), 2).is_none());
        assert!(counted.take(ip("192.0.2.2"), 2).is_some());
        drop(one);
        assert!(counted.take(ip("192.0.2.1"), 2).is_some());
        drop(two);
        assert!(counted.0.lock().unwrap().is_empty());
    }
}
