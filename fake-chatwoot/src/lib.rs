//! A Chatwoot in memory, over real HTTP.
