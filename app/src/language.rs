//! Texts: Fluent's, with what stands in for missing ones. `catalogue` resolves them for the server's mails, `texts` for the browser's screens.
//!
//! In the browser every text is a signal, so that another language needs no reload and leaves focus, scroll and typing alone.

#[cfg(feature = "ssr")]
pub mod catalogue;
pub mod direction;
pub mod texts;
pub mod when;

#[cfg(feature = "csr")]
pub mod intl;
#[cfg(feature = "csr")]
pub mod spoken;
#[cfg(feature = "csr")]
pub mod time;
