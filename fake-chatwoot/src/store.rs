//! Everything the fake knows, behind one lock; the HTTP routes and the tests' helpers work on the same rows.

pub(crate) mod account;
mod contact_rules;
pub(crate) mod contacts;
pub(crate) mod conversations;
pub(crate) mod events;
pub(crate) mod files;
pub(crate) mod filters;
pub(crate) mod identify;
pub(crate) mod inbound_mail;
mod mail_reading;
pub(crate) mod messages;
mod outgoing_mail;
pub(crate) mod rows;
pub(crate) mod settings;
pub(crate) mod sniff;
pub(crate) mod status;
pub(crate) mod surveys;
pub(crate) mod templates;
mod typing;

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};

use tokio::sync::broadcast;

use crate::chance::Chance;
use crate::clock::Clock;
use crate::ids::{BlobId, ContactId, ContactInboxId, DisplayId, InboxId, MessageId, UserId};
use crate::moment::Moment;
use account::{Account, AttributeDefinition, Inbox, Label, User, Webhook};
use events::Event;
use rows::{Blob, Contact, ContactInbox, Conversation, Message, Survey};

/// The rows.
pub(crate) struct Data {
    clock: Clock,
    last: Moment,
    pub(crate) chance: Chance,
    /// Base of the absolute addresses that are given out.
    pub(crate) frontend_url: String,
    pub(crate) account: Account,
    pub(crate) users: BTreeMap<UserId, User>,
    pub(crate) inboxes: BTreeMap<InboxId, Inbox>,
    pub(crate) labels: Vec<Label>,
    pub(crate) attribute_definitions: Vec<AttributeDefinition>,
    pub(crate) webhooks: Vec<Webhook>,
    pub(crate) contacts: BTreeMap<ContactId, Contact>,
    pub(crate) contact_inboxes: BTreeMap<ContactInboxId, ContactInbox>,
    pub(crate) conversations: BTreeMap<DisplayId, Conversation>,
    pub(crate) messages: HashMap<MessageId, Message>,
    pub(crate) blobs: BTreeMap<BlobId, Blob>,
    pub(crate) surveys: Vec<Survey>,
    /// When a contact was last told to be typing in a conversation, if nothing else was told since.
    pub(crate) typing: BTreeMap<DisplayId, Moment>,
    last_display_id: i64,
    last_row: i64,
    events: broadcast::Sender<Event>,
    told: Cell<u64>,
}

impl Data {
    /// An account with nobody in it.
    pub(crate) fn new(clock: Clock, salt: &str, account: Account) -> Self {
        Self {
            clock,
            last: Moment(0),
            chance: Chance::from_salt(salt),
            frontend_url: String::new(),
            account,
            users: BTreeMap::new(),
            inboxes: BTreeMap::new(),
            labels: Vec::new(),
            attribute_definitions: Vec::new(),
            webhooks: Vec::new(),
            contacts: BTreeMap::new(),
            contact_inboxes: BTreeMap::new(),
            conversations: BTreeMap::new(),
            messages: HashMap::new(),
            blobs: BTreeMap::new(),
            surveys: Vec::new(),
            typing: BTreeMap::new(),
            last_display_id: 0,
            last_row: 100,
            events: broadcast::channel(4096).0,
            told: Cell::default(),
        }
    }

    /// The time now. Two calls never answer alike, so that rows made while a test's clock stands still keep their order.
    pub(crate) fn now(&mut self) -> Moment {
        let told = Moment::from_millis((self.clock)());
        let behind = self.last.0 - told.0;
        // A clock that was set back by more than a second is believed.
        self.last = if (0..1_000_000).contains(&behind) {
            Moment(self.last.0 + 1)
        } else {
            told
        };
        self.last
    }

    /// Tells the time by another clock from now on.
    pub(crate) fn set_clock(&mut self, clock: Clock) {
        self.clock = clock;
    }

    /// What the clock says, for comparing only.
    pub(crate) fn time(&self) -> Moment {
        Moment::from_millis((self.clock)())
    }

    /// A row number that no other row of any kind has.
    pub(crate) fn next_row(&mut self) -> i64 {
        self.last_row += 1;
        self.last_row
    }

    /// The next conversation number. As with the real one's sequence, a conversation that fails later has used it up.
    pub(crate) fn next_display_id(&mut self) -> DisplayId {
        self.last_display_id += 1;
        DisplayId(self.last_display_id)
    }

    /// Tells whoever listens.
    pub(crate) fn emit(&self, event: Event) {
        self.told.set(self.told.get() + 1);
        // Nobody listening is no fault.
        let _ = self.events.send(event);
    }

    /// How many events there were.
    pub(crate) fn told(&self) -> u64 {
        self.told.get()
    }

    /// Hears of every event from now on.
    pub(crate) fn listen(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }
}
