//! An e-mail address, read once into a typed value (promise S9). Narrower than mail itself allows: one `@`, an ASCII local part without
//! quoting, a domain by IDNA, and nothing that Unicode compatibility would change.

use app::error::{AppError, Field, Problem};
use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};
use unicode_normalization::is_nfkc;

/// Most characters of an address.
pub const LONGEST: usize = 254;

/// An address that mail can be sent to, in ASCII lower case.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Address(String);

/// Whole addresses are in no log.
impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.masked())
    }
}

impl Address {
    /// Reads what somebody typed; blanks around it are forgiven.
    pub fn parse(typed: &str) -> Result<Self, AppError> {
        let fault = |problem| Err(AppError::field(Field::Address, problem));
        let text = typed.trim_matches(' ');
        if text.is_empty() {
            return fault(Problem::Empty);
        }
        let length = text.chars().count();
        if length > LONGEST {
            return fault(Problem::TooLong {
                limit: u32::try_from(LONGEST).unwrap_or(u32::MAX),
                actual: u32::try_from(length).unwrap_or(u32::MAX),
            });
        }
        if text.chars().any(char::is_control) {
            return fault(Problem::ForbiddenCharacter);
        }
        match read(text) {
            Some(address) => Ok(Self(address)),
            None => fault(Problem::NotAnAddress),
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Enough of it for a log: the first letter and the domain.
    pub fn masked(&self) -> String {
        masked(&self.0)
    }
}

/// Enough of an address for a log.
pub fn masked(address: &str) -> String {
    let (local, domain) = address.split_once('@').unwrap_or((address, ""));
    let first: String = local.chars().take(1).collect();
    format!("{first}…@{domain}")
}

fn read(text: &str) -> Option<String> {
    let (local, domain) = text.split_once('@')?;
    let local_is_good = (1..=64).contains(&local.len())
        && local
            .split('.')
            .all(|atom| !atom.is_empty() && atom.bytes().all(is_atom));
    if !local_is_good || !is_nfkc(domain) {
        return None;
    }
    let typed = domain;
    let domain = Uts46::new()
        .to_ascii(
            domain.as_bytes(),
            AsciiDenyList::STD3,
            Hyphens::CheckFirstLast,
            DnsLength::Verify,
        )
        .ok()?;
    // IDNA forgives much, invisible characters among it: what it changed but for the case was not this address.
    let same = typed.eq_ignore_ascii_case(&domain)
        || Uts46::new()
            .to_unicode(
                domain.as_bytes(),
                AsciiDenyList::STD3,
                Hyphens::CheckFirstLast,
            )
            .0
            == typed.to_lowercase();
    if !same {
        return None;
    }
    let (_, last) = domain.rsplit_once('.')?;
    if last.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let address = format!("{}@{domain}", local.to_ascii_lowercase());
    (address.len() <= LONGEST && address.is_ascii()).then_some(address)
}

fn is_atom(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

#[cfg(test)]
mod tests;
