//! Tokens, uuids and file keys. The same start gives the same ones, so that a demo looks alike every time.

use sha2::{Digest, Sha256};

const BASE58: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// A counter behind a hash: unlike every other value, yet repeatable.
#[derive(Debug, Default)]
pub(crate) struct Chance {
    salt: String,
    drawn: u64,
}

impl Chance {
    /// Draws that depend on this text alone.
    pub(crate) fn from_salt(salt: &str) -> Self {
        Self {
            salt: salt.to_owned(),
            drawn: 0,
        }
    }

    /// 24 letters and digits, as `has_secure_token` makes them.
    pub(crate) fn token(&mut self) -> String {
        self.draw()
            .iter()
            .take(24)
            .map(|byte| char::from(BASE58[usize::from(*byte) % 58]))
            .collect()
    }

    /// 28 small letters and digits, as a stored file's key.
    pub(crate) fn file_key(&mut self) -> String {
        let letters = b"0123456789abcdefghijklmnopqrstuvwxyz";
        self.draw()
            .iter()
            .take(28)
            .map(|byte| char::from(letters[usize::from(*byte) % 36]))
            .collect()
    }

    /// A version 4 uuid.
    pub(crate) fn uuid(&mut self) -> String {
        let mut bytes = self.draw();
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let hex: String = bytes[..16]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!(
            "{}-{}-{}-{}-{}",
            &hex[..8],
            &hex[8..12],
            &hex[12..16],
            &hex[16..20],
            &hex[20..]
        )
    }

    /// A digit, for what Chatwoot puts before a taken address.
    pub(crate) fn digit(&mut self) -> u8 {
        self.draw()[0] % 10
    }

    /// `purple-firefly-547`, for a contact with no name.
    pub(crate) fn funny_name(&mut self) -> String {
        const COLOURS: [&str; 6] = ["purple", "silent", "autumn", "bold", "misty", "green"];
        const THINGS: [&str; 6] = ["firefly", "river", "moon", "forest", "wind", "pond"];
        let drawn = self.draw();
        let number = 100 + u32::from(drawn[2]) * 3;
        format!(
            "{}-{}-{number}",
            COLOURS[usize::from(drawn[0]) % 6],
            THINGS[usize::from(drawn[1]) % 6]
        )
    }

    fn draw(&mut self) -> [u8; 32] {
        self.drawn += 1;
        Sha256::digest(format!("{}\0{}", self.salt, self.drawn)).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_differ_and_repeat_with_the_salt() {
        let (mut one, mut same) = (Chance::from_salt("a"), Chance::from_salt("a"));
        let first = one.uuid();
        assert_eq!(first, same.uuid());
        assert_ne!(first, one.uuid());
        assert_eq!(first.len(), 36);
        assert_eq!(one.token().len(), 24);
    }
}
