//! Text that Markdown shows as it is.

/// Escapes everything that could mean something in Markdown, so that agents read a subject as it was written.
pub fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if c.is_ascii_punctuation() && !",.:;?'\"%/=".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
