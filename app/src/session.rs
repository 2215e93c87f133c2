//! Signing in and out: who the customer is, and how he proves it.

pub mod api;
pub mod model;
