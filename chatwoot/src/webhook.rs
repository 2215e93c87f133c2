//! A webhook's signature (4.12 and later): `sha256=` and the HMAC-SHA256, in hex, of the timestamp, a dot and the raw body,
//! under the secret that Chatwoot made.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::Sha256;

/// The key that Chatwoot signs deliveries with.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct HookSecret(SecretString);

/// An empty text is no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a secret cannot be empty")]
pub struct NoSecret;

impl TryFrom<String> for HookSecret {
    type Error = NoSecret;
    fn try_from(text: String) -> Result<Self, NoSecret> {
        Self::new(text).ok_or(NoSecret)
    }
}

impl HookSecret {
    /// As Chatwoot shows it. None if it is empty.
    pub fn new(secret: String) -> Option<Self> {
        (!secret.is_empty()).then(|| Self(secret.into()))
    }

    /// The secret itself, for the store.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// What a delivery's headers say, read before its body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    seconds: u64,
    mac: [u8; 32],
}

impl Signature {
    /// Reads `X-Chatwoot-Timestamp` and `X-Chatwoot-Signature`. None if they are not as Chatwoot writes them.
    pub fn read(timestamp: &str, signature: &str) -> Option<Self> {
        let plain = (1..=12).contains(&timestamp.len())
            && timestamp.bytes().all(|byte| byte.is_ascii_digit())
            && !timestamp.starts_with('0');
        let hex = signature.strip_prefix("sha256=")?.as_bytes();
        if !plain || hex.len() != 64 {
            return None;
        }
        let mut mac = [0; 32];
        for (byte, pair) in mac.iter_mut().zip(hex.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(Self {
            seconds: timestamp.parse().ok()?,
            mac,
        })
    }

    /// When it was signed, in unix seconds.
    pub fn seconds(&self) -> u64 {
        self.seconds
    }

    /// Whether this is the signature of these bytes. It takes as long whether it is or not.
    pub fn is_of(&self, body: &[u8], secret: &HookSecret) -> bool {
        let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.expose().as_bytes())
        else {
            // A key of any length is taken.
            return false;
        };
        mac.update(self.seconds.to_string().as_bytes());
        mac.update(b".");
        mac.update(body);
        mac.verify_slice(&self.mac).is_ok()
    }

    /// Names the delivery: the same bytes at the same second have the same.
    pub fn name(&self) -> u128 {
        let mut half = [0; 16];
        half.copy_from_slice(&self.mac[..16]);
        u128::from_be_bytes(half)
    }
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGNED: &str = "sha256=05f57daceb8122071d736dff6be188e1eb3ba5efacf29efac9b58f078b2b3d1d";
    const BODY: &[u8] = br#"{"event":"message_created","id":9001}"#;

    fn secret(text: &str) -> HookSecret {
        HookSecret::new(text.to_owned()).unwrap()
    }

    #[test]
    fn a10_a_signature_is_of_its_time_its_bytes_and_its_secret_only() {
        let right = secret("s3cr3tToken24charsLongXX");
        let signature = Signature::read("1781110435", SIGNED).unwrap();
        assert!(signature.is_of(BODY, &right));
        assert!(!signature.is_of(&BODY[1..], &right));
        assert!(!signature.is_of(BODY, &secret("s3cr3tToken24charsLongXY")));
        let later = Signature::read("1781110436", SIGNED).unwrap();
        assert!(!later.is_of(BODY, &right));
    }

    #[test]
    fn a10_headers_that_chatwoot_would_not_write_are_none() {
        let hex = &SIGNED[7..];
        for (timestamp, signature) in [
            ("", SIGNED),
            ("01781110435", SIGNED),
            ("-1781110435", SIGNED),
            ("1781110435.0", SIGNED),
            ("1781110435178111", SIGNED),
            ("1781110435", ""),
            ("1781110435", hex),
            ("1781110435", "sha256="),
            ("1781110435", "sha1=05f5"),
            ("1781110435", &SIGNED.to_uppercase()),
            ("1781110435", &format!("{SIGNED}0")),
            ("1781110435", &SIGNED.replace('f', "g")),
        ] {
            assert_eq!(
                Signature::read(timestamp, signature),
                None,
                "{timestamp} {signature}"
            );
        }
        assert!(HookSecret::new(String::new()).is_none());
        assert!(!format!("{:?}", secret("abc")).contains("abc"));
    }
}
