//! Tickets: what they are, and what a customer can do with them.

pub mod api;
pub mod markup;
pub mod model;
