//! hyper refuses a broken head by itself, with a bare answer that no layer of ours sees. It gets our headers here (promise A7).

use bytes::Bytes;

/// Longer than any such answer.
const LONGEST: usize = 512;

/// What is written in the place of a bare refusal.
pub(super) struct Dressed {
    bytes: Bytes,
    written: usize,
    stands_for: usize,
}

impl Dressed {
    /// The refusal with headers, if these bytes are one: a whole head of hyper's own, with no body.
    pub(super) fn of(bytes: &[u8], headers: &str) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let is_bare = bytes.len() <= LONGEST
            && text.starts_with("HTTP/1.1 4")
            && text.ends_with("\r\n\r\n")
            && text.matches("\r\n\r\n").count() == 1
            && text.to_ascii_lowercase().contains("content-length: 0\r\n")
            && !text.contains("x-content-type-options");
        let (status, rest) = text.split_once("\r\n").filter(|_| is_bare)?;
        Some(Self {
            bytes: format!("{status}\r\n{headers}{rest}").into(),
            written: 0,
            stands_for: bytes.len(),
        })
    }

    /// What is still to be written.
    pub(super) fn rest(&self) -> &[u8] {
        self.bytes.get(self.written..).unwrap_or_default()
    }

    /// So much of it was written.
    pub(super) fn went(&mut self, bytes: usize) {
        self.written += bytes;
    }

    /// How many of hyper's own bytes it stands for.
    pub(super) fn stands_for(&self) -> usize {
        self.stands_for
    }
}
