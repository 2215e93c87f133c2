//! The bytes of a file at rest: parts of 64 KiB, each sealed with ChaCha20-Poly1305 under the file's own key, with its number and whether it
//! is the last as the nonce. Parts that are changed, swapped, missing or too many do not open.

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use zeroize::Zeroizing;

use crate::chance::Chance;

/// Bytes of a part, but for the last.
pub(super) const PART: usize = 64 * 1024;
/// What sealing adds to a part.
pub(super) const TAG: usize = 16;

/// The key of one file, and of no other.
#[derive(Clone)]
pub(crate) struct FileKey(Zeroizing<[u8; 32]>);

impl From<[u8; 32]> for FileKey {
    fn from(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

impl FileKey {
    pub(super) fn make(chance: &Chance) -> Self {
        Self::from(chance.bytes())
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// Seals a part in its place. None if it cannot be, which is for far larger ones.
    pub(super) fn seal(&self, part: &mut Vec<u8>, number: u64, last: bool) -> Option<()> {
        self.ready()?
            .seal_in_place_append_tag(nonce(number, last), Aad::empty(), part)
            .ok()
    }

    /// Opens a part in its place. None if it is not what was sealed there.
    pub(super) fn open(&self, part: &mut Vec<u8>, number: u64, last: bool) -> Option<()> {
        let length = self
            .ready()?
            .open_in_place(nonce(number, last), Aad::empty(), part)
            .ok()?
            .len();
        part.truncate(length);
        Some(())
    }

    fn ready(&self) -> Option<LessSafeKey> {
        let key = UnboundKey::new(&CHACHA20_POLY1305, self.bytes()).ok()?;
        Some(LessSafeKey::new(key))
    }
}

/// How many parts so many bytes have.
pub(super) fn parts(size: u64) -> u64 {
    size.div_ceil(PART as u64).max(1)
}

/// How many bytes a file of this size has when it is sealed.
pub(super) fn length(size: u64) -> u64 {
    size + parts(size) * TAG as u64
}

fn nonce(number: u64, last: bool) -> Nonce {
    let mut bytes = [0; NONCE_LEN];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    bytes[8] = u8::from(last);
    Nonce::assume_unique_for_key(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_opens_in_its_own_place_only() {
        let chance = Chance::seeded(1);
        let key = FileKey::make(&chance);
        let mut sealed = b"words".to_vec();
        key.seal(&mut sealed, 3, false).unwrap();
        assert_eq!(sealed.len(), 5 + TAG);
        assert!(!sealed.windows(5).any(|it| it == b"words"));
        let open = |key: &FileKey, number, last, changed: usize| {
            let mut part = sealed.clone();
            if let Some(byte) = part.get_mut(changed) {
                *byte ^= 1;
            }
            key.open(&mut part, number, last).map(|()| part)
        };
        let never = usize::MAX;
        assert_eq!(open(&key, 3, false, never).unwrap(), b"words");
        assert_eq!(open(&key, 4, false, never), None);
        assert_eq!(open(&key, 3, true, never), None);
        assert_eq!(open(&key, 3, false, 0), None);
        assert_eq!(open(&FileKey::make(&chance), 3, false, never), None);
    }

    #[test]
    fn the_length_of_a_sealed_file_is_known_from_its_size() {
        let part = PART as u64;
        assert_eq!(length(1), 17);
        assert_eq!(length(part), part + 16);
        assert_eq!(length(part + 1), part + 1 + 32);
    }
}
