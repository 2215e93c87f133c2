//! Link and code of a sign-in: derived from the random id of its row under a key of SESSION_SECRET, so that a mail can be sent again
//! word for word while the store holds nothing but hashes (promises S3, S4).

use base64ct::{Base64UrlUnpadded, Encoding};

use crate::chance::Chance;
use crate::keys::{KeyRing, Keys};
use crate::store::sign_ins::SignInId;

/// Base32 without 0, O, 1 and I.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// What the mail of a sign-in carries.
#[derive(Clone, PartialEq, Eq)]
pub struct Tokens {
    /// 256 bits in base64url.
    pub link: String,
    /// Eight characters.
    pub code: String,
}

/// The link's and code's hashes, as stored.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TokenHashes {
    /// Of the link.
    pub link: [u8; 32],
    /// Of the code, bound to its row.
    pub code: [u8; 32],
}

/// The tokens of a row.
pub fn derive(keys: &Keys, id: &SignInId) -> Tokens {
    let [a, b, c, d, e, ..] = keys.token_hash("sign-in code", id);
    Tokens {
        link: Base64UrlUnpadded::encode_string(&keys.token_hash("sign-in link", id)),
        code: in_letters([a, b, c, d, e]),
    }
}

/// Eight random letters: what a request is called in the log and on the customer's screen.
pub fn short_name(chance: &Chance) -> String {
    in_letters(chance.bytes())
}

/// Forty bits in eight letters.
fn in_letters(bytes: [u8; 5]) -> String {
    let number = bytes
        .iter()
        .fold(0u64, |sum, byte| (sum << 8) | u64::from(*byte));
    let letter = |place: u32| {
        // Five bits: below 32.
        let index = (number >> (5 * place)) & 31;
        char::from(ALPHABET[index as usize])
    };
    (0..8).rev().map(letter).collect()
}

/// The tokens of a row that may have been made under an earlier secret: those that fit its hash.
pub fn derive_again(keys: &KeyRing, id: &SignInId, stored: &[u8; 32]) -> Option<Tokens> {
    keys.all().find_map(|keys| {
        let tokens = derive(keys, id);
        (hash_link(keys, &tokens.link) == *stored).then_some(tokens)
    })
}

/// What is stored of tokens.
pub fn hashes(keys: &Keys, id: &SignInId, tokens: &Tokens) -> TokenHashes {
    TokenHashes {
        link: hash_link(keys, &tokens.link),
        code: hash_code(keys, id, &tokens.code),
    }
}

/// What is stored of a link's token.
pub fn hash_link(keys: &Keys, link: &str) -> [u8; 32] {
    keys.token_hash("stored link", link.as_bytes())
}

/// What is stored of a code.
pub fn hash_code(keys: &Keys, id: &SignInId, code: &str) -> [u8; 32] {
    keys.token_hash("stored code", &[id, code.as_bytes()].concat())
}

/// Whether a text has the form of a link's token.
pub fn is_link(text: &str) -> bool {
    text.len() == 43
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// A typed code in the form it was made: any case, spaces and dashes forgiven. `None` if it cannot be one.
pub fn read_code(typed: &str) -> Option<String> {
    let code: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}'))
        .map(|c| c.to_ascii_uppercase())
        .take(9)
        .collect();
    (code.len() == 8 && code.bytes().all(|b| ALPHABET.contains(&b))).then_some(code)
}

/// A code as it is shown: `K7QF-2M9X`.
pub fn show_code(code: &str) -> String {
    let (first, second) = code.split_at_checked(4).unwrap_or((code, ""));
    format!("{first}-{second}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s4_a_link_has_256_bits_and_a_code_eight_characters_that_are_not_mistaken() {
        let keys = Keys::from_secret(b"0123456789abcdef0123456789abcdef");
        for n in 0..200u8 {
            let tokens = derive(&keys, &[n; 16]);
            assert!(is_link(&tokens.link));
            assert_eq!(
                read_code(&tokens.code).as_deref(),
                Some(tokens.code.as_str())
            );
            assert!(!tokens.code.contains(['0', 'O', '1', 'I']));
        }
        assert!(derive(&keys, &[1; 16]) != derive(&keys, &[2; 16]));
    }

    #[test]
    fn s4_case_blanks_and_dashes_of_a_typed_code_are_forgiven() {
        for typed in [
            "K7QF-2M9X",
            "k7qf2m9x",
            " k7qf – 2m9x ",
            "K7 QF 2M 9X",
            "k7qf\u{2011}2m9x",
        ] {
            assert_eq!(read_code(typed).as_deref(), Some("K7QF2M9X"), "{typed:?}");
        }
        for typed in [
            "",
            "K7QF-2M9",
            "K7QF-2M9XX",
            "K7QF-2M90",
            "K7QF-2M9É",
            "\0",
            &"K".repeat(10_000),
        ] {
            assert_eq!(read_code(typed), None, "{typed:?}");
        }
        assert_eq!(show_code("K7QF2M9X"), "K7QF-2M9X");
    }

    #[test]
    fn tokens_made_under_an_earlier_secret_are_found_again() {
        let old = Keys::from_secret(b"old");
        let tokens = derive(&old, &[7; 16]);
        let stored = hash_link(&old, &tokens.link);
        let ring = KeyRing::from_secrets(b"new", [b"older".as_slice(), b"old"]);
        assert!(derive_again(&ring, &[7; 16], &stored).is_some_and(|again| again == tokens));
        let other = KeyRing::from_secrets(b"new", []);
        assert!(derive_again(&other, &[7; 16], &stored).is_none());
    }
}
