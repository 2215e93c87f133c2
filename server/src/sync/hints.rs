//! What to read again because Chatwoot told of it: each thing once, however often it was told; a bounded list, past which the
//! inbox is polled instead. A thing that was read just now waits a moment, so that a burst is one reading.

use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;
use std::time::Duration;

use chatwoot::{About, Event};

use super::{contacts, lock, looking, mail, millis, read_back, read_marks, typing};
use crate::clock::Millis;
use crate::tickets::{Bell, Tickets};

/// So many things wait at most.
pub(super) const WAITING: usize = 10_000;
/// A ticket is read again no sooner than this after it was.
const SELDOM: Duration = Duration::from_millis(200);
/// A deletion takes Chatwoot a while: it is looked for at once and after these.
const AGAIN: [Duration; 3] = [
    Duration::ZERO,
    Duration::from_secs(5),
    Duration::from_secs(20),
];

/// What is to be read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Thing {
    /// A conversation.
    Conversation(u64),
    /// Whoever's tickets were first seen on a contact; the number tells tries apart.
    Contact(u64, u8),
    /// The contacts of whoever's tickets were first seen on a contact, and nothing else of theirs.
    Person(u64),
    /// A customer who has a page open, by our number for him: a ticket of his may be gone.
    Watcher(i64),
    /// What moved last in the inbox: a ticket that should be there may be gone.
    MovedLast,
}

/// What is known of it already makes reading it needless.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Reason {
    /// Nothing does.
    pub always: bool,
    /// This message is here.
    pub message: Option<u64>,
    /// It was read at this time of Chatwoot's or later.
    pub updated_at: Option<f64>,
    /// Nothing does, and it is to be read back to this message, which was changed or deleted.
    pub changed: Option<u64>,
}

impl Reason {
    pub(super) fn and(self, other: Self) -> Self {
        let two = matches!((self.message, other.message), (Some(one), Some(two)) if one != two);
        Self {
            always: self.always || other.always || two,
            message: self.message.or(other.message),
            updated_at: match (self.updated_at, other.updated_at) {
                (Some(one), Some(two)) => Some(one.max(two)),
                (one, two) => one.or(two),
            },
            changed: match (self.changed, other.changed) {
                (Some(one), Some(two)) => Some(one.min(two)),
                (one, two) => one.or(two),
            },
        }
    }
}

/// What waits.
#[derive(Default)]
pub(super) struct Hints {
    state: Mutex<State>,
    /// Rung when something comes.
    pub(super) bell: Bell,
}

#[derive(Default)]
struct State {
    waiting: HashMap<Thing, (Millis, Reason)>,
    order: BTreeSet<(Millis, Thing)>,
    read: HashMap<u64, Millis>,
    too_many: bool,
}

/// What to do next.
#[derive(Debug, PartialEq)]
pub(super) enum Next {
    /// To read this.
    Read(Thing, Reason),
    /// To poll: more was told than was remembered.
    Poll,
    /// To rest until then.
    Rest(Millis),
    /// To rest.
    Nothing,
}

/// Chatwoot told of something.
pub(crate) fn told(tickets: &Tickets, event: &Event) {
    if event
        .account
        .is_some_and(|it| it != tickets.chatwoot.account_id())
    {
        return;
    }
    let elsewhere = |inbox: Option<chatwoot::InboxId>| {
        inbox.is_some_and(|inbox| {
            inbox != tickets.chatwoot.inbox_id() && !mail::is_known(tickets, inbox)
        })
    };
    let now = tickets.clock.now();
    let hints = &tickets.sync.hints;
    match &event.about {
        // Of what agents say among themselves nothing may move here.
        About::Message(it) if it.internal || elsewhere(it.inbox) => return,
        // Chatwoot marks as read what we have just told it was seen.
        About::Message(it) if read_marks::explain(tickets, it, now) => return,
        About::Message(it) => {
            let reason = Reason {
                always: !it.is_new,
                message: it.is_new.then(|| it.id.number()),
                updated_at: None,
                changed: (!it.is_new).then(|| it.id.number()),
            };
            hints.add(Thing::Conversation(it.conversation.number()), reason, now);
        }
        About::Conversation { inbox, .. } if elsewhere(*inbox) => return,
        About::Conversation { id, updated_at, .. } => {
            let reason = Reason {
                always: updated_at.is_none(),
                updated_at: *updated_at,
                ..Reason::default()
            };
            hints.add(Thing::Conversation(id.number()), reason, now);
        }
        About::Contact(id) => hints.add(Thing::Contact(id.number(), 0), Reason::default(), now),
        About::ContactTouched(it) => {
            contacts::told(tickets, it);
            return;
        }
        About::ContactGone(id) => {
            for (nth, wait) in (0..).zip(AGAIN) {
                let thing = Thing::Contact(id.number(), nth);
                hints.add(thing, Reason::default(), now + millis(wait));
            }
        }
        About::Typing(it) => {
            if !elsewhere(it.inbox) {
                typing::told(tickets, it);
            }
            return;
        }
        About::Other => return,
    }
    hints.bell.ring(tickets.background.busy());
}

/// Something may have been missed: the inbox is polled now, and each customer who has a page open is told to look again.
pub(super) fn missed(tickets: &Tickets) {
    read_back::gap(tickets);
    looking::poll_now(tickets);
}

impl Hints {
    /// Puts something on the list, to be read no sooner than then. What waits for a later time already is brought forward.
    pub(super) fn add(&self, thing: Thing, reason: Reason, due: Millis) {
        let mut state = lock(&self.state);
        let known = state.waiting.get(&thing).copied();
        if known.is_none() && state.waiting.len() >= WAITING {
            state.too_many = true;
            return;
        }
        let read = match thing {
            Thing::Conversation(number) => state.read.get(&number).copied(),
            Thing::Contact(..) | Thing::Person(_) | Thing::Watcher(_) | Thing::MovedLast => None,
        };
        let due = read.map_or(due, |at| due.max(at + millis(SELDOM)));
        let (due, reason) = match known {
            Some((then, known)) => {
                state.order.remove(&(then, thing));
                (due.min(then), known.and(reason))
            }
            None => (due, reason),
        };
        state.waiting.insert(thing, (due, reason));
        state.order.insert((due, thing));
    }

    /// Takes what is due.
    pub(super) fn next(&self, now: Millis) -> Next {
        let mut state = lock(&self.state);
        if std::mem::take(&mut state.too_many) {
            return Next::Poll;
        }
        let Some((due, thing)) = state.order.first().copied() else {
            return Next::Nothing;
        };
        if due > now {
            return Next::Rest(due);
        }
        state.order.pop_first();
        let reason = state.waiting.remove(&thing).map(|(_, reason)| reason);
        if let Thing::Conversation(number) = thing {
            if state.read.len() >= WAITING {
                state.read.retain(|_, at| now < *at + millis(SELDOM));
            }
            state.read.insert(number, now);
        }
        Next::Read(thing, reason.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Thing = Thing::Conversation(1);

    fn message(id: u64) -> Reason {
        Reason {
            message: Some(id),
            ..Reason::default()
        }
    }

    #[test]
    fn r7_a_burst_of_a_thousand_is_read_at_once_and_once_more() {
        let hints = Hints::default();
        hints.add(ONE, message(1), 0);
        assert_eq!(hints.next(0), Next::Read(ONE, message(1)));
        for id in 2..1000 {
            hints.add(ONE, message(id), 0);
        }
        assert_eq!(hints.next(0), Next::Rest(200));
        let Next::Read(ONE, reason) = hints.next(200) else {
            panic!("nothing to read")
        };
        assert!(reason.always);
        assert_eq!(hints.next(400), Next::Nothing);
    }

    #[test]
    fn r7_what_waits_for_another_try_is_read_at_once_when_it_is_told_of() {
        let hints = Hints::default();
        hints.add(ONE, message(1), 30_000);
        hints.add(ONE, message(2), 100);
        assert_eq!(hints.next(0), Next::Rest(100));
        assert!(matches!(hints.next(100), Next::Read(ONE, reason) if reason.always));
        assert_eq!(hints.next(40_000), Next::Nothing);
    }

    #[test]
    fn r7_past_the_bound_the_inbox_is_polled_instead() {
        let hints = Hints::default();
        for number in 0..=WAITING as u64 {
            hints.add(Thing::Conversation(number), message(1), 0);
        }
        assert_eq!(hints.next(0), Next::Poll);
        assert!(matches!(
            hints.next(0),
            Next::Read(ONE | Thing::Conversation(0), _)
        ));
        assert_eq!(lock(&hints.state).waiting.len(), WAITING - 1);
    }
}
