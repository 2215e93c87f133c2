//! The portal server.
