//! What may be sent, what may not, and that nothing private is shown by Debug.

use super::*;

#[test]
fn nothing_that_means_everything_can_be_a_source_id() {
    for text in [
        "", " ", ".", "..", "a b", "a/b", "a%2fb", "a?b", "a&b", "é", "a\0",
    ] {
        assert!(SourceId::new(text).is_err(), "{text:?}");
    }
    for text in ["p1_ada", "Bob.Case+tag@example.com", "a..b", "x"] {
        assert_eq!(SourceId::new(text).map(String::from).as_deref(), Ok(text));
    }
}

#[test]
fn a_text_ends_where_chatwoot_ends_it() {
    assert!(Content::new("é".repeat(150_000)).is_ok());
    assert_eq!(
        Content::new("x".repeat(150_001)),
        Err(BadText::TooLong { most: 150_000 })
    );
    assert!(Subject::new("s".repeat(1500)).is_ok());
    assert_eq!(
        Subject::new("s".repeat(1501)),
        Err(BadText::TooLong { most: 1500 })
    );
    assert!(ContactName::new("n".repeat(256)).is_err());
    assert!(Label::new("l".repeat(256)).is_err());
}

#[test]
fn a_nul_is_refused_everywhere() {
    assert_eq!(Content::new("a\0b"), Err(BadText::Nul));
    assert_eq!(Subject::new("a\0b"), Err(BadText::Nul));
    assert_eq!(ContactName::new("a\0b"), Err(BadText::Nul));
    assert_eq!(Label::new("a\0b"), Err(BadText::Nul));
    assert_eq!(Mark::new("a\0b"), Err(BadText::Nul));
    assert_eq!(MessageSourceId::new("a\0b"), Err(BadText::Nul));
    assert_eq!(InboxIdentifier::new("a\0b"), Err(BadText::Nul));
    assert_eq!(Address::new("a\0@example.com"), Err(BadText::Nul));
}

#[test]
fn a_blank_message_is_none() {
    assert_eq!(Content::new(" \n\t"), Err(BadText::Empty));
    assert!(Content::new("a\nb\tc\u{1}").is_ok());
    assert_eq!(Subject::new("two\nlines"), Err(BadText::Character));
}

#[test]
fn an_address_is_ascii_with_one_at() {
    let ada = Address::new("Ada@Example.com").unwrap();
    assert_eq!(ada.as_str(), "ada@example.com");
    assert!(ada.is("ADA@example.COM"));
    assert!(!ada.is("ada@example.com "));
    for text in [
        "",
        "ada",
        "@example.com",
        "ada@",
        "a@b@c",
        "a b@example.com",
        "\"a\"@example.com",
        "a@b,c@d",
        "<a@b>",
        "\u{212A}evin@example.com",
        "ada@exämple.com",
        "ada@example.com\n",
    ] {
        assert!(Address::new(text).is_err(), "{text:?}");
    }
}

#[test]
fn what_is_private_is_not_in_debug() {
    let shown = format!(
        "{:?} {:?} {:?} {:?} {:?}",
        SourceId::new("p1_capability").unwrap(),
        InboxIdentifier::new("Identifier1").unwrap(),
        Address::new("ada@example.com").unwrap(),
        Content::new("my words").unwrap(),
        ContactName::new("Ada").unwrap(),
    );
    for secret in ["capability", "Identifier1", "ada", "words", "\"Ada"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[test]
fn json_is_checked_like_everything_else() {
    assert!(serde_json::from_str::<SourceId>("\"\"").is_err());
    assert!(serde_json::from_str::<Label>("\"vip\"").is_ok());
}
