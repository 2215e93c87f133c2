//! A file's name in a header (RFC 6266 and 8187): one name, whatever is in it.

/// Whether it is shown in place, and under which name it is saved.
pub(super) fn disposition(shown: bool, name: &str) -> String {
    let how = if shown { "inline" } else { "attachment" };
    format!(
        "{how}; filename=\"{}\"; filename*=UTF-8''{}",
        ascii(name),
        encoded(name)
    )
}

/// For browsers that do not read the other: nothing in it needs quoting, and no percent sign that some would decode.
fn ascii(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            ' ' | '.' | '-' | '_' | '(' | ')' => c,
            c if c.is_ascii_alphanumeric() => c,
            _ => '_',
        })
        .collect()
}

fn encoded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
