//! A Chatwoot 4.14.2 in memory, over real HTTP: the one fake for the demo, the tests and end to end, held to what a real one answered.
//!
//! Start one with [`FakeChatwoot::start`]; `README.md` lists the sentinels that ask for faults.

mod answer;
mod cable;
mod canaries;
mod carriage;
mod chance;
mod clock;
mod deliver;
mod desk;
mod fake;
mod given;
mod html_text;
mod ids;
mod inside;
mod mailbox;
mod moment;
mod options;
mod refusal;
mod render;
mod request;
mod routes;
mod seed;
mod serve;
mod store;
mod watch;
mod weather;

pub use canaries::CANARY;
pub use carriage::Carriage;
pub use clock::{Clock, MoveClock, movable_clock, still_clock};
pub use deliver::Delivery;
pub use fake::FakeChatwoot;
pub use fake::agents::File;
pub use fake::contacts::Visitor;
pub use given::Given;
pub use ids::{
    AccountId, AttachmentId, BlobId, ContactId, ContactInboxId, DisplayId, InboxId, MessageId,
    UserId, WebhookId,
};
pub use inside::LedgerEntry;
pub use mailbox::{Mail, MailFault, Mailbox, Session};
pub use moment::Moment;
pub use options::{Latency, MarkOf, Options, Seed, SourceIdOf};
pub use refusal::Refusal;
pub use store::rows::{
    Attachment, Contact, ContactInbox, Conversation, Message, MessageType, Sender, Status,
};
pub use weather::Weather;
