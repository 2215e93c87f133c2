//! Texts: a catalogue of Fluent bundles with fallbacks, the same in the browser and for the server's mails.
//!
//! In the browser every text is a signal, so that another language needs no reload and leaves focus, scroll and typing alone.

pub mod catalogue;
pub mod when;

#[cfg(feature = "csr")]
pub mod intl;
#[cfg(feature = "csr")]
pub mod spoken;
#[cfg(feature = "csr")]
pub mod time;
