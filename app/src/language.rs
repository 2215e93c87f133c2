//! Texts: a catalogue of Fluent bundles with fallbacks, the same in the browser and for the server's mails.

pub mod catalogue;
