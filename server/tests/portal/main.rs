//! The portal as browsers see it: requests through the real router, with a fake Chatwoot and a mailbox behind it.

mod boundaries;
mod email;
mod limits;
mod signing_in;
mod support;
