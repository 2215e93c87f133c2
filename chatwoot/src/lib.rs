//! Chatwoot’s HTTP API as the portal needs it, typed, and only that.
#![doc = include_str!("../README.md")]

mod cable;
mod changes;
mod client;
mod contacts;
mod conversations;
mod error;
mod events;
mod files;
mod hooks;
mod http_client;
mod ids;
mod messages;
mod public;
mod refusals;
mod sending;
mod start;
mod types;
mod webhook;
mod words;

pub use cable::{Cable, CableError, Frame};
pub use changes::SetStatus;
pub use client::{Client, Limits, Settings, SettingsError, Watch};
pub use contacts::NewContact;
pub use conversations::{NewConversation, Page, Sort};
pub use error::{Breakage, Done, Error, Misfit, Refusal, Words};
pub use events::{About, ContactHint, Event, MessageHint, TypingHint};
pub use files::{ByteRange, Download};
pub use hooks::{Hook, HookSettings};
pub use http_client::{HttpClientError, build_http, build_http1};
pub use ids::{
    AccountId, AttachmentId, BadId, ContactId, ConversationId, InboxId, MessageId, UserId,
    WebhookId,
};
pub use messages::{Cursor, Messages, NewMessage};
pub use sending::{NewFile, NewFiles};
pub use start::NewAttribute;
pub use types::account::{Account, Profile, ProfileAccount, Role, Version};
pub use types::attributes::{
    Article, Card, CardAction, Choice, Email, EmailText, FormAnswer, FormField, Kind,
};
pub use types::contact::{Contact, ContactInbox};
pub use types::conversation::{Conversation, LastMessage, Marks, Priority, Sender, Status};
pub use types::inbox::{AgentBot, AttributeDefinition, Channel, Inbox};
pub use types::message::{Attachment, Author, AuthorKind, Direction, FileKind, Message};
pub use webhook::{HookSecret, NoSecret, Signature};
pub use words::{
    Address, BadText, ContactName, Content, InboxIdentifier, Label, Mark, MessageSourceId,
    SourceId, Subject,
};
