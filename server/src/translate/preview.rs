//! The beginning of a message in one line, for the list.

use app::tickets::markup::{Node, plain_text};

/// Most characters of a preview.
pub const PREVIEW_LIMIT: usize = 160;

/// The beginning of what was written.
pub fn preview(body: &[Node]) -> String {
    one_line(&plain_text(body))
}

/// The beginning of what a customer has just typed.
pub fn preview_of(text: &str) -> String {
    preview(&crate::markup::markdown(text))
}

fn one_line(text: &str) -> String {
    let mut out = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let gap = usize::from(!out.is_empty());
        if length + gap == PREVIEW_LIMIT {
            return shortened(out);
        }
        if gap == 1 {
            out.push(' ');
            length += 1;
        }
        for c in word.chars() {
            if length == PREVIEW_LIMIT {
                return shortened(out);
            }
            out.push(c);
            length += 1;
        }
    }
    out
}

/// Says that there is more, within the limit.
fn shortened(mut line: String) -> String {
    if line.chars().count() == PREVIEW_LIMIT {
        line.pop();
    }
    line.truncate(line.trim_end().len());
    line.push('…');
    line
}
