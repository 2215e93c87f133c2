//! The live hub: tells open pages which ticket changed, by id and nothing else. A page refetches through calls that ask whose it is.

pub(crate) mod elsewhere;
mod stream;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use app::tickets::model::TicketId;
// A queue that takes memory for what waits in it; tokio's begins with room for 32, and there is one for each open page.
use futures_channel::mpsc;

use crate::store::customers::CustomerId;
use crate::store::sessions::SessionHash;

pub use stream::live;

/// Most open streams of one customer.
const STREAMS: usize = 20;
/// Most changes that wait for a slow reader; past that he is told to refetch everything.
const WAITING: usize = 64;

/// What an agent's hand does, as far as a customer is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// It types no more.
    Rests,
    /// Somebody of the team types, by whatever name.
    Somebodys,
    /// Whoever wrote this message, which the customer has, types.
    AuthorOf(u64),
}

/// What a stream is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Something visible of this ticket changed.
    Changed(TicketId),
    /// An agent types an answer in this ticket, or has stopped.
    Typing(TicketId, Hand),
    /// The session has ended: close.
    Ended,
}

/// The hub; clones share it.
#[derive(Clone, Default)]
pub struct Live(Arc<Mutex<HashMap<CustomerId, Vec<Listener>>>>);

struct Listener {
    session: SessionHash,
    tell: mpsc::Sender<Told>,
}

impl Live {
    /// Something visible of a customer's ticket changed.
    pub fn changed(&self, customer: CustomerId, ticket: TicketId) {
        let mut listeners = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(list) = listeners.get_mut(&customer) {
            // Whoever does not keep up is let go: his browser connects again and refetches.
            list.retain_mut(|it| it.tell.try_send(Told::Changed(ticket.clone())).is_ok());
            if list.is_empty() {
                listeners.remove(&customer);
            }
        }
    }

    /// An agent types in a customer's ticket, or has stopped. A page that does not keep up need not know.
    pub fn typing(&self, customer: CustomerId, ticket: &TicketId, hand: Hand) {
        let mut listeners = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for it in listeners.get_mut(&customer).into_iter().flatten() {
            let _ = it.tell.try_send(Told::Typing(ticket.clone(), hand));
        }
    }

    /// A session has ended: its streams close.
    pub fn session_ended(&self, session: SessionHash) {
        let mut listeners = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.retain(|_, list| {
            list.retain_mut(|it| {
                if it.session == session {
                    // A full channel closes too, when its sender goes.
                    let _ = it.tell.try_send(Told::Ended);
                }
                it.session != session
            });
            !list.is_empty()
        });
    }

    /// Listens for a customer; `None` if he has too many streams already.
    pub fn listen(
        &self,
        customer: CustomerId,
        session: SessionHash,
    ) -> Option<mpsc::Receiver<Told>> {
        let mut listeners = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let list = listeners.entry(customer).or_default();
        list.retain(|it| !it.tell.is_closed());
        if list.len() >= STREAMS {
            return None;
        }
        let (tell, told) = mpsc::channel(WAITING);
        list.push(Listener { session, tell });
        Some(told)
    }

    /// Whether anybody has a page of this customer's open.
    pub fn is_watched(&self, customer: CustomerId) -> bool {
        let listeners = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        listeners
            .get(&customer)
            .is_some_and(|list| list.iter().any(|it| !it.tell.is_closed()))
    }

    /// The sessions that streams are open for.
    pub fn sessions(&self) -> Vec<SessionHash> {
        let listeners = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let all = listeners.values().flatten();
        all.map(|it| it.session).collect()
    }

    /// The customers who have a page open.
    pub fn watching(&self) -> Vec<CustomerId> {
        let listeners = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let open =
            |(_, list): &(&CustomerId, &Vec<Listener>)| list.iter().any(|it| !it.tell.is_closed());
        listeners.iter().filter(open).map(|(it, _)| *it).collect()
    }
}

#[cfg(test)]
mod tests {
    use futures_channel::mpsc::TryRecvError;

    use super::*;

    fn ticket() -> TicketId {
        TicketId::parse("6bdc3f4d-0bec-4515-a284-5d916fdde489").unwrap()
    }

    #[test]
    fn only_the_customer_whose_ticket_changed_is_told() {
        let live = Live::default();
        let (ada, bob) = (CustomerId::from_row(1), CustomerId::from_row(2));
        let mut hers = live.listen(ada, [1; 32]).unwrap();
        let mut his = live.listen(bob, [2; 32]).unwrap();
        live.changed(ada, ticket());
        assert_eq!(hers.try_recv(), Ok(Told::Changed(ticket())));
        assert!(his.try_recv().is_err());
    }

    #[test]
    fn s10_an_ended_session_closes_its_streams_and_no_other() {
        let live = Live::default();
        let ada = CustomerId::from_row(1);
        let mut one = live.listen(ada, [1; 32]).unwrap();
        let mut two = live.listen(ada, [2; 32]).unwrap();
        live.session_ended([1; 32]);
        assert_eq!(one.try_recv(), Ok(Told::Ended));
        assert_eq!(one.try_recv(), Err(TryRecvError::Closed));
        assert_eq!(two.try_recv(), Err(TryRecvError::Empty));
    }

    #[test]
    fn streams_are_bounded_and_closed_ones_do_not_count() {
        let live = Live::default();
        let ada = CustomerId::from_row(1);
        let open: Vec<_> = (0..STREAMS)
            .map(|_| live.listen(ada, [1; 32]).unwrap())
            .collect();
        assert!(live.listen(ada, [1; 32]).is_none());
        drop(open);
        assert!(!live.is_watched(ada));
        assert!(live.listen(ada, [1; 32]).is_some());
    }

    #[test]
    fn a_reader_that_does_not_keep_up_is_let_go() {
        let live = Live::default();
        let ada = CustomerId::from_row(1);
        let mut slow = live.listen(ada, [1; 32]).unwrap();
        for _ in 0..=WAITING {
            live.changed(ada, ticket());
        }
        assert!(live.is_watched(ada));
        live.changed(ada, ticket());
        assert!(!live.is_watched(ada));
        let waited = std::iter::from_fn(|| slow.try_recv().ok()).count();
        assert_eq!(waited, WAITING + 1);
        assert_eq!(slow.try_recv(), Err(TryRecvError::Closed));
    }
}
