//! What the model refuses of a contact.

use crate::refusal::Refusal;
use crate::store::Data;
use crate::store::rows::Contact;

impl Data {
    /// Checks a contact as the model does before it is stored.
    pub(super) fn check_contact(&self, contact: &Contact) -> Result<(), Refusal> {
        let others = || {
            self.contacts
                .values()
                .filter(|other| other.id != contact.id)
        };
        let texts = [
            Some(&contact.name),
            contact.email.as_ref(),
            contact.phone_number.as_ref(),
            contact.identifier.as_ref(),
        ];
        if texts.iter().flatten().any(|text| text.contains('\0')) {
            return Err(Refusal::Broken);
        }
        if contact.name.chars().count() > 255 {
            return Err(Refusal::invalid(
                "Name is too long (maximum is 255 characters)",
                "name",
            ));
        }
        if let Some(email) = &contact.email {
            if !looks_like_an_address(email) {
                return Err(Refusal::invalid("Email Invalid email", "email"));
            }
            if email.chars().count() > 255 {
                return Err(Refusal::invalid(
                    "Email is too long (maximum is 255 characters)",
                    "email",
                ));
            }
            if others().any(|other| other.email.as_ref() == Some(email)) {
                return Err(Refusal::invalid("Email has already been taken", "email"));
            }
        }
        if let Some(identifier) = &contact.identifier {
            if identifier.chars().count() > 255 {
                return Err(Refusal::invalid(
                    "Identifier is too long (maximum is 255 characters)",
                    "identifier",
                ));
            }
            if others().any(|other| other.identifier.as_ref() == Some(identifier)) {
                return Err(Refusal::invalid(
                    "Identifier has already been taken",
                    "identifier",
                ));
            }
        }
        if let Some(phone) = &contact.phone_number {
            if !is_e164(phone) {
                return Err(Refusal::invalid(
                    "Phone number should be in e164 format",
                    "phone_number",
                ));
            }
            if others().any(|other| other.phone_number.as_ref() == Some(phone)) {
                return Err(Refusal::invalid(
                    "Phone number has already been taken",
                    "phone_number",
                ));
            }
        }
        Ok(())
    }
}

/// As lenient as the real one: `a@b`, a control character and a smiley pass; a blank, a quote or no `@` do not.
fn looks_like_an_address(text: &str) -> bool {
    let forbidden = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | ',' | ';');
    let mut parts = text.split('@');
    let (local, domain) = (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    parts.next().is_none() && !local.is_empty() && !domain.is_empty() && !text.contains(forbidden)
}

fn is_e164(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (2..=15).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !digits.starts_with('0')
    })
}
