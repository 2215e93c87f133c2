//! The content security policy of the shell (promise A7): what the page itself brings along is named by its hash, all else comes from us.

use std::fmt::Write;

use base64ct::{Base64, Encoding};
use http::HeaderValue;
use sha2::{Digest, Sha256};

/// The policy for a page and the style that is put into it.
pub(super) fn policy(page: &str, style: Option<&str>) -> HeaderValue {
    // Words and hashes: it can always be a header.
    HeaderValue::from_str(&words(page, style)).unwrap_or(HeaderValue::from_static(
        "default-src 'none'; frame-ancestors 'none'",
    ))
}

fn words(page: &str, style: Option<&str>) -> String {
    let mut scripts = String::new();
    for script in inline_scripts(page) {
        let _ = write!(scripts, " '{}'", hash(script));
    }
    let mut inline_styles = String::new();
    if let Some(style) = style {
        let _ = write!(inline_styles, " '{}'", hash(style));
    }
    // The policy `default` is the app's: it passes the static parts of views (app/src/browser/page.rs). `worker` knows one address (app/index.html).
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{inline_styles}; \
         img-src 'self' data: blob:; media-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default worker"
    )
}

/// What a policy names a script or style of a page by.
pub(crate) fn hash(text: &str) -> String {
    format!("sha256-{}", Base64::encode_string(&Sha256::digest(text)))
}

/// The texts of all scripts that a page holds itself.
fn inline_scripts(page: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once("<script") {
        let Some((attributes, after)) = after.split_once('>') else {
            break;
        };
        let Some((text, after)) = after.split_once("</script>") else {
            break;
        };
        if !attributes.contains("src=") {
            found.push(text);
        }
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a7_inline_scripts_and_styles_are_named_by_their_hash_and_nothing_is_unsafe() {
        let page = "<script src=\"a.js\"></script><script type=\"module\">import 'x';</script><script>1</script>";
        let policy = words(page, Some(":root{}"));
        for text in ["import 'x';", "1", ":root{}"] {
            assert!(
                policy.contains(&format!("'{}'", hash(text))),
                "{text}: {policy}"
            );
        }
        assert_eq!(policy.matches("'sha256-").count(), 3);
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
        assert!(!policy.contains("http") && !policy.contains(" *"));
    }

    #[test]
    fn a_hash_is_that_of_the_specification() {
        // From the W3C's "Content Security Policy Level 3".
        assert_eq!(
            hash("alert('Hello, world.');"),
            "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
        );
    }
}
