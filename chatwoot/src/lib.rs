//! Chatwoot’s HTTP API as the portal needs it.
