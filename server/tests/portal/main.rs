//! The portal as browsers see it: requests through the real router, with a fake Chatwoot and a mailbox behind it.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

mod account;
mod attacks;
mod away;
mod boundaries;
mod cable;
mod canaries;
mod cost;
mod drafts;
mod email;
mod endpoints;
mod failing_store;
mod files;
mod forgetting;
mod gone;
mod hanging_up;
mod headers;
mod letting_go;
mod limits;
mod live;
mod logs;
mod mail_encryption;
mod mail_queue;
mod mail_silence;
mod mailed;
mod mails;
mod names;
mod operating;
mod origins;
mod outage;
mod ownership;
mod pages;
mod presence;
mod privileges;
mod racing;
mod reading;
mod sending;
mod sessions;
mod signing_in;
mod storage;
mod support;
mod telling;
mod uploads;
mod webhooks;
