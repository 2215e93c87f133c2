//! Everything derived from SESSION_SECRET: source ids, owner marks and hashes of tokens. One key for each purpose, by HKDF.

mod sealed;

use base64ct::{Base64UrlUnpadded, Encoding};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// The keys of one SESSION_SECRET.
#[derive(Clone)]
pub struct Keys {
    source: Zeroizing<[u8; 32]>,
    owner: Zeroizing<[u8; 32]>,
    token: Zeroizing<[u8; 32]>,
    sealing: Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Keys {
    /// Derives the keys.
    pub fn from_secret(secret: &[u8]) -> Self {
        let hkdf = Hkdf::<Sha256>::new(None, secret);
        let key = |info: &str| {
            let mut out = Zeroizing::new([0; 32]);
            // 32 bytes are far below HKDF's limit: it cannot refuse.
            let _ = hkdf.expand(info.as_bytes(), out.as_mut());
            out
        };
        Self {
            source: key("source id"),
            owner: key("owner"),
            token: key("token"),
            sealing: key("sealing"),
        }
    }

    /// The source id of an address: `p1_` and 32 hex digits. `address` is already ASCII lower case.
    pub fn source_id(&self, address: &str) -> String {
        let mac = mac(&self.source, &[address.as_bytes()]);
        let hex: String = mac[..16].iter().map(|b| format!("{b:02x}")).collect();
        format!("p1_{hex}")
    }

    /// The mark that says that the ticket `uuid` was opened by the portal for `source_id`.
    pub fn owner_mark(&self, source_id: &str, uuid: &str) -> String {
        Base64UrlUnpadded::encode_string(&mac(
            &self.owner,
            &[source_id.as_bytes(), b"\0", uuid.as_bytes()],
        ))
    }

    /// Whether a mark is ours for this source id and ticket.
    pub fn owner_mark_holds(&self, source_id: &str, uuid: &str, mark: &str) -> bool {
        let ours = self.owner_mark(source_id, uuid);
        ours.as_bytes().ct_eq(mark.as_bytes()).into()
    }

    /// What is stored of a token or session id, and what a token is derived from (`purpose` keeps kinds apart).
    pub fn token_hash(&self, purpose: &str, token: &[u8]) -> [u8; 32] {
        mac(&self.token, &[purpose.as_bytes(), b"\0", token])
    }
}

/// The keys of SESSION_SECRET and, for what was made before it was changed, of SESSION_SECRET_PREVIOUS.
#[derive(Clone, Debug)]
pub struct KeyRing {
    current: Keys,
    earlier: Vec<Keys>,
}

impl KeyRing {
    /// Derives the keys of each secret.
    pub fn from_secrets<'a>(current: &[u8], earlier: impl IntoIterator<Item = &'a [u8]>) -> Self {
        Self {
            current: Keys::from_secret(current),
            earlier: earlier.into_iter().map(Keys::from_secret).collect(),
        }
    }

    /// The keys that new things are made with.
    pub fn current(&self) -> &Keys {
        &self.current
    }

    /// All keys that things may have been made with, the current ones first.
    pub fn all(&self) -> impl Iterator<Item = &Keys> {
        std::iter::once(&self.current).chain(&self.earlier)
    }
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC fills a short key up with zeros to the length of a block: done here, nothing can be refused.
    let mut block = Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(key);
    let mut mac = <Hmac<Sha256> as KeyInit>::new((&*block).into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_id_has_the_decided_form() {
        let keys = Keys::from_secret(b"0123456789abcdef0123456789abcdef");
        let source = keys.source_id("ada@example.com");
        assert!(source.starts_with("p1_") && source.len() == 35, "{source}");
        assert_ne!(source, keys.source_id("bob@example.com"));
    }

    #[test]
    fn a_mark_holds_for_its_own_ticket_and_source_id_only() {
        let keys = Keys::from_secret(b"0123456789abcdef0123456789abcdef");
        let mark = keys.owner_mark("p1_a", "u1");
        assert!(keys.owner_mark_holds("p1_a", "u1", &mark));
        assert!(!keys.owner_mark_holds("p1_b", "u1", &mark));
        assert!(!keys.owner_mark_holds("p1_a", "u2", &mark));
        assert!(!Keys::from_secret(b"another").owner_mark_holds("p1_a", "u1", &mark));
    }
}
