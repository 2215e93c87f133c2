//! The client against real sockets: what it asks, what it reads, and how its calls can end.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests may panic as tests may"
)]

mod answers;
mod deliveries;
mod ends;
mod files;
mod recordings;
mod requests;
mod sending;
mod set_up;
mod support;
