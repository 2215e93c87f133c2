//! Which messages are shown, and what is read of them.
