//! Where links may lead, and that they say so.

use super::*;

#[test]
fn a6_links_of_other_kinds_are_their_text() {
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#x09;script:alert(1)",
        "&#1;javascript:alert(1)",
        "javascript&colon;alert(1)",
        "&#106;avascript:alert(1)",
        "java\u{00AD}script:alert(1)",
        "ｊavascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "/tickets",
        "?x",
        "#top",
        "portal",
        "https://good.example@evil.example/",
        "https://user:word@evil.example/",
        "https://",
        "blob:https://x.example/1",
        "view-source:https://x.example/",
        "intent://x.example/#Intent;scheme=https;end",
        "ftp://x.example/",
        "ws://x.example/",
        "mailto:",
        "mailto:ada@example.com%0D%0ABcc:all@example.com",
        "tel:*%2306%23",
        "tel:*#06#",
        "tel:",
        "tel:+49;ext=1",
    ] {
        assert_eq!(
            markdown(&format!("[here]({address})")),
            vec![Paragraph(vec![text("here")])],
            "{address}"
        );
    }
    assert_eq!(
        markdown("[c](tel:+4930123)"),
        vec![Paragraph(vec![link("tel:+4930123", "c")])]
    );
}

#[test]
fn a6_a_link_is_written_as_the_browser_reads_it() {
    for (given, read) in [
        ("https:evil.example", "https://evil.example/"),
        ("https:/\\\\evil.example/a", "https://evil.example/a"),
        ("HTTPS://Evil.Example", "https://evil.example/"),
        ("https://еvil.example/", "https://xn--vil-qdd.example/"),
        (
            "https://x.example/&#x202E;gpj.exe",
            "https://x.example/%E2%80%AEgpj.exe",
        ),
        (
            "https://bank.example\\\\@evil.example/",
            "https://bank.example/@evil.example/",
        ),
        (
            "mailto:a@x.example?bcc=all@x.example&subject=s",
            "mailto:a@x.example",
        ),
        (
            "mailto:a@x.example?subject=Re:%20one",
            "mailto:a@x.example?subject=Re:%20one",
        ),
        ("mailto:a@x.example?subject=x%0ABcc:b", "mailto:a@x.example"),
    ] {
        assert_eq!(
            markdown(&format!("[here]({given})")),
            vec![Paragraph(vec![link(read, "here")])],
            "{given}"
        );
    }
}

#[test]
fn a6_a_link_that_names_another_place_says_where_it_leads() {
    for (shown, target, read) in [
        (
            "https://bank.example/login",
            "https://evil.example/x",
            "https://bank.example/login (evil.example)",
        ),
        (
            "bank.example",
            "https://evil.example/x",
            "bank.example (evil.example)",
        ),
        (
            "www.bank.example",
            "https://bank.example/login",
            "www.bank.example",
        ),
        (
            "https://bank.example/",
            "https://bank.example/a?b",
            "https://bank.example/",
        ),
        ("here", "https://evil.example/x", "here"),
        ("3.5", "https://evil.example/x", "3.5"),
        (
            "help@bank.example",
            "mailto:x@evil.example",
            "help@bank.example (x@evil.example)",
        ),
        (
            "Help@bank.example",
            "mailto:help@bank.example",
            "Help@bank.example",
        ),
    ] {
        assert_eq!(
            markdown(&format!("[{shown}]({target})")),
            vec![Paragraph(vec![link(target, read)])],
            "{shown} {target}"
        );
    }
}

#[test]
fn bare_addresses_become_links_but_not_in_code() {
    assert_eq!(
        markdown("See https://example.com/a?b=1. Or `https://example.com`, or ask ada@example.com"),
        vec![Paragraph(vec![
            text("See "),
            link("https://example.com/a?b=1", "https://example.com/a?b=1"),
            text(". Or "),
            Code("https://example.com".into()),
            text(", or ask "),
            link("mailto:ada@example.com", "ada@example.com"),
        ])]
    );
}
