//! Conversations and messages as webhooks carry them.
