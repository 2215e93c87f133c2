//! The live channel carries ids, never content: an event says what to fetch again, and the fetch is an authorised call like any other.
//!
//! Everything must come right without it, by polling.

#[cfg(feature = "csr")]
pub mod line;
#[cfg(feature = "csr")]
pub mod stream;

/// Event whose data is the id of a ticket in which something visible changed.
pub const TICKET_EVENT: &str = "ticket";
/// Event whose data is the version of the bundle that the server serves, sent first on every stream.
pub const VERSION_EVENT: &str = "version";
/// Event whose data is the id of a ticket in which an agent types, and behind a blank the id of a message of his, or `-` for whoever it
/// is; with the ticket alone he has stopped.
pub const TYPING_EVENT: &str = "typing";
/// Event that only says that the stream goes on.
pub const BEAT_EVENT: &str = "beat";
/// Event of a stream that ends because its session did, the last one.
pub const OVER_EVENT: &str = "over";
/// Request header of calls that nobody asked for by hand; they do not prolong the session.
pub const BACKGROUND_HEADER: &str = "x-portal-background";
