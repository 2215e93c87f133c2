//! The numbers by which Chatwoot names its rows, one type for each so that they cannot be mixed up.

use serde::Serialize;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl From<i64> for $name {
            fn from(id: i64) -> Self {
                Self(id)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// The account.
    AccountId;
    /// An agent, or the portal's own user.
    UserId;
    /// An inbox.
    InboxId;
    /// A contact: somebody who writes to the account.
    ContactId;
    /// The thread between a contact and an inbox, which a source_id names.
    ContactInboxId;
    /// A conversation's number within its account, the only one that the API knows.
    DisplayId;
    /// A message.
    MessageId;
    /// An attachment of a message.
    AttachmentId;
    /// A stored file.
    BlobId;
    /// A webhook of the account.
    WebhookId;
}
