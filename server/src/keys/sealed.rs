//! What is stored so that only this portal reads it: sealed with ChaCha20-Poly1305 under a key of SESSION_SECRET, so that neither the
//! file nor a copy of it gives it away.

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use zeroize::Zeroizing;

use super::{KeyRing, Keys, mac};
use crate::chance::Chance;

impl Keys {
    /// Seals a text. `purpose` keeps kinds apart. None if it is far too long.
    pub fn seal(&self, chance: &Chance, purpose: &str, text: &str) -> Option<Vec<u8>> {
        let nonce: [u8; NONCE_LEN] = chance.bytes();
        let mut sealed = text.as_bytes().to_vec();
        let nonce_of = Nonce::assume_unique_for_key(nonce);
        self.sealing_key(purpose)?
            .seal_in_place_append_tag(nonce_of, Aad::from(purpose.as_bytes()), &mut sealed)
            .ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    fn open(&self, purpose: &str, sealed: &[u8]) -> Option<String> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut text = sealed.to_vec();
        let open = self
            .sealing_key(purpose)?
            .open_in_place(nonce, Aad::from(purpose.as_bytes()), &mut text)
            .ok()?;
        String::from_utf8(open.to_vec()).ok()
    }

    /// Each purpose has a key of its own, so that chance does not run out of numbers where much is sealed.
    fn sealing_key(&self, purpose: &str) -> Option<LessSafeKey> {
        let key = Zeroizing::new(mac(&self.sealing, &[purpose.as_bytes()]));
        let key = UnboundKey::new(&CHACHA20_POLY1305, key.as_ref()).ok()?;
        Some(LessSafeKey::new(key))
    }
}

impl KeyRing {
    /// Opens what was sealed under any of the keys. None if it was not, or for another purpose.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Option<String> {
        self.all().find_map(|keys| keys.open(purpose, sealed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_for_its_purpose_also_after_the_secret_was_changed() {
        let chance = Chance::seeded(1);
        let old = KeyRing::from_secrets(b"an old secret", []);
        let sealed = old.current().seal(&chance, "webhook", "s3cr3t").unwrap();
        assert!(!sealed.windows(6).any(|it| it == b"s3cr3t"));
        let changed = KeyRing::from_secrets(b"a new secret", [b"an old secret".as_slice()]);
        assert_eq!(changed.open("webhook", &sealed).as_deref(), Some("s3cr3t"));
        assert_eq!(changed.open("another", &sealed), None);
        let other = KeyRing::from_secrets(b"a new secret", []);
        assert_eq!(other.open("webhook", &sealed), None);
        let mut broken = sealed.clone();
        broken[14] ^= 1;
        assert_eq!(old.open("webhook", &broken), None);
        assert_eq!(old.open("webhook", &sealed[..5]), None);
    }
}
