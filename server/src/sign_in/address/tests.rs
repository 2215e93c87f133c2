//! S9: what is an address, what is none, and that no input does harm.

use proptest::prelude::*;

use super::*;

#[test]
fn s9_an_address_is_read_once_into_lower_case_ascii() {
    for (typed, read) in [
        ("ada@example.com", "ada@example.com"),
        ("  Ada@Example.COM ", "ada@example.com"),
        (
            "first.last+tag@sub.example.co.uk",
            "first.last+tag@sub.example.co.uk",
        ),
        ("o'brien@example.com", "o'brien@example.com"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"),
        ("a@b.cd", "a@b.cd"),
    ] {
        assert_eq!(
            Address::parse(typed).map(|it| it.0),
            Ok(read.to_owned()),
            "{typed:?}"
        );
    }
}

#[test]
fn s9_what_could_mean_two_addresses_or_another_is_none() {
    for typed in [
        "ada",
        "@example.com",
        "ada@",
        "ada@@example.com",
        "ada@example.com@evil.example",
        "ada@example.com,eve@evil.example",
        "ada@example.com;eve@evil.example",
        "ada@example.com eve@evil.example",
        "<ada@example.com>",
        "Ada <ada@example.com>",
        "\"ada\"@example.com",
        "ada\\@example.com",
        "ada(comment)@example.com",
        "ada@[127.0.0.1]",
        "ada@127.0.0.1",
        "ada@localhost",
        "ada@example..com",
        "ada@.example.com",
        "ada@example.com.",
        "ada@-example.com",
        "ada@exa_mple.com",
        ".ada@example.com",
        "ada.@example.com",
        "a..da@example.com",
        "äda@example.com",
        "ada@exampl\u{212A}.com",
        "ada@ｅxample.com",
        "ada@example。com",
        "ada＠example.com",
        "ada@exam\u{200B}ple.com",
        "ada@exam\u{00AD}ple.com",
        "\u{FEFF}ada@example.com",
        "ada@example.com/evil",
        "ada@example.com?cc=eve@evil.example",
        "ada@example.com#",
        "ada@exam%ple.com",
        "ada@xn--a.example",
    ] {
        assert_eq!(
            Address::parse(typed),
            Err(AppError::field(Field::Address, Problem::NotAnAddress)),
            "{typed:?}"
        );
    }
}

#[test]
fn s9_control_characters_blanks_and_lengths_are_told_apart() {
    for typed in [
        "ada@example.com\r\nBcc: eve@evil.example",
        "ada\0@example.com",
        "\tada@example.com",
        "ada@example.com\n",
    ] {
        assert_eq!(
            Address::parse(typed),
            Err(AppError::field(Field::Address, Problem::ForbiddenCharacter)),
            "{typed:?}"
        );
    }
    assert_eq!(
        Address::parse("   "),
        Err(AppError::field(Field::Address, Problem::Empty))
    );
    let long = format!("a@{}.com", "b".repeat(300));
    assert_eq!(
        Address::parse(&long),
        Err(AppError::field(
            Field::Address,
            Problem::TooLong {
                limit: 254,
                actual: 306
            }
        ))
    );
    let long_local = format!("{}@example.com", "a".repeat(65));
    assert!(Address::parse(&long_local).is_err());
}

#[test]
fn a_log_shows_no_whole_address() {
    let address = Address::parse("ada.lovelace@example.com").unwrap();
    assert_eq!(format!("{address:?}"), "a…@example.com");
}

proptest! {
    #[test]
    fn s9_whatever_is_typed_the_address_is_plain_and_reads_as_itself(typed in "\\PC{0,40}@\\PC{0,40}|.{0,80}") {
        if let Ok(address) = Address::parse(&typed) {
            let text = address.as_str();
            prop_assert!(text.bytes().all(|b| b.is_ascii_graphic() && !b.is_ascii_uppercase()));
            prop_assert!(!text.contains(['"', ',', '<', '>', ';', '(', ')', '[', ']', '\\']));
            prop_assert_eq!(text.matches('@').count(), 1);
            prop_assert_eq!(Address::parse(text), Ok(address.clone()));
            prop_assert!(chatwoot::Address::new(text).is_ok());
        }
    }
}
