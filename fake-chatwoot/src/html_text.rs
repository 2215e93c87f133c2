//! HTML as plain text, about as the gem does it that Chatwoot uses.

/// The text of a page: no scripts, no pictures, paragraphs apart, links in Markdown, a quotation as a lone `>`.
pub(crate) fn html_to_text(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    let mut link = None;
    while let Some(start) = rest.find('<') {
        push_text(&mut out, &rest[..start]);
        let Some(length) = rest[start..].find('>') else {
            rest = "";
            break;
        };
        let tag = &rest[start + 1..start + length];
        rest = &rest[start + length + 1..];
        let name: String = tag
            .chars()
            .take_while(|c| *c == '/' || c.is_ascii_alphanumeric())
            .collect();
        match name.to_ascii_lowercase().as_str() {
            skipped @ ("script" | "style" | "head" | "blockquote") => {
                if skipped == "blockquote" {
                    out.push_str("\n\n>");
                }
                rest = after_closing(rest, skipped);
            }
            "br" => out.push('\n'),
            "p" | "/p" | "div" | "/div" | "tr" | "ul" | "/ul" | "table" => out.push_str("\n\n"),
            "li" => out.push_str("\n* "),
            "a" => {
                link = attribute(tag, "href");
                if link.is_some() {
                    out.push('[');
                }
            }
            "/a" => {
                if let Some(href) = link.take() {
                    out.push_str(&format!("]({href})"));
                }
            }
            _ => {}
        }
    }
    push_text(&mut out, rest);
    tidy(&out)
}

fn push_text(out: &mut String, text: &str) {
    let plain = text
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"");
    let plain = plain.replace("&#39;", "'").replace("&amp;", "&");
    let leads = plain.starts_with(char::is_whitespace);
    let trails = plain.ends_with(char::is_whitespace);
    let words: Vec<_> = plain.split_whitespace().collect();
    if leads {
        out.push(' ');
    }
    out.push_str(&words.join(" "));
    if trails && !words.is_empty() {
        out.push(' ');
    }
}

fn after_closing<'a>(rest: &'a str, name: &str) -> &'a str {
    let lower = rest.to_ascii_lowercase();
    let Some(start) = lower.find(&format!("</{name}")) else {
        return "";
    };
    rest[start..].split_once('>').map_or("", |(_, after)| after)
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!("{name}="))?;
    let quote = rest.chars().next()?;
    if quote == '"' || quote == '\'' {
        return rest[1..].split(quote).next().map(str::to_owned);
    }
    rest.split_whitespace().next().map(str::to_owned)
}

/// At most one blank line, no blanks at the ends of lines.
fn tidy(text: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim) {
        if !(line.is_empty() && out.last().is_none_or(|last| last.is_empty())) {
            out.push(line);
        }
    }
    out.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_of_html_reads_like_the_recorded_one() {
        let html = "<html><body><p>Thanks, see <b>this</b> <img src=\"cid:pic1\"><script>alert(1)</script></p><blockquote>On Sat</blockquote></body></html>";
        assert_eq!(html_to_text(html), "Thanks, see this\n\n>");
        assert_eq!(
            html_to_text("<a href=\"https://a.test\">a</a> &amp; b"),
            "[a](https://a.test) & b"
        );
    }
}
