//! What the app takes from the browser: the page it is in, time, storage, the address bar. Each thing once, so that views call none of it by hand.

pub mod clock;
pub mod connection;
pub mod files;
pub mod highlight;
pub mod navigation;
pub mod page;
pub mod sight;
pub mod storage;
pub mod timer;
