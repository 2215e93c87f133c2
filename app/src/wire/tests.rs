//! The browser's reader against serde_json: the same values, the same refusals.

use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::reader;
use crate::error::{AppError, Field, FieldError, Problem};
use crate::tickets::markup::Node;

/// One of each shape that serde gives to our types.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct All {
    yes: bool,
    small: u8,
    large: u64,
    below: i64,
    text: String,
    maybe: Option<String>,
    none: Option<u32>,
    pair: (String, u32),
    wrapped: Wrapped,
    nothing: (),
    #[serde(default)]
    left_out: u32,
    nodes: Vec<Node>,
    error: AppError,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Wrapped(String);

fn sample() -> All {
    All {
        yes: true,
        small: 255,
        large: u64::MAX,
        below: -5,
        text: "\"\\/\u{8}\u{c}\n\r\t\0\u{1f} é 語 😀 \u{202e}".to_owned(),
        maybe: Some(String::new()),
        none: None,
        pair: ("a".to_owned(), 7),
        wrapped: Wrapped("w".to_owned()),
        nothing: (),
        left_out: 3,
        nodes: vec![
            Node::Rule,
            Node::Heading(2, vec![Node::Text("t".to_owned())]),
            Node::List(Some(3), vec![vec![], vec![Node::Break]]),
            Node::Link("https://a.example/".to_owned(), vec![]),
        ],
        error: AppError::Invalid(vec![FieldError {
            field: Field::Subject,
            problem: Problem::TooLong {
                limit: 200,
                actual: 201,
            },
        }]),
    }
}

/// What both make of the same bytes.
fn agreed<T: DeserializeOwned + PartialEq + Debug>(bytes: &[u8]) -> Option<T> {
    let ours: Option<T> = reader::read(bytes).ok();
    let theirs: Option<T> = serde_json::from_slice(bytes).ok();
    assert_eq!(ours, theirs, "{}", String::from_utf8_lossy(bytes));
    ours
}

#[test]
fn what_the_server_writes_is_read_as_it_was() {
    let text = serde_json::to_string(&sample()).unwrap();
    assert_eq!(agreed::<All>(text.as_bytes()), Some(sample()));
    let spread = serde_json::to_string_pretty(&sample()).unwrap();
    assert_eq!(agreed::<All>(spread.as_bytes()), Some(sample()));
}

#[test]
fn members_in_another_order_unknown_and_left_out_are_taken() {
    let mut value = serde_json::to_value(sample()).unwrap();
    let members = value.as_object_mut().unwrap();
    members.remove("left_out");
    members.remove("none");
    members.insert(
        "unknown".to_owned(),
        serde_json::json!({ "a": [1.5e3, -2, "\u{1f600}", null, true, {}, []], "b": { "c": "}" } }),
    );
    members.sort_keys();
    let read = agreed::<All>(value.to_string().as_bytes()).unwrap();
    assert_eq!((read.left_out, read.none), (0, None));
}

#[test]
fn every_character_is_read_escaped_or_not() {
    for letter in ('\0'..='\u{ffff}')
        .step_by(7)
        .chain(['\u{10000}', '\u{10ffff}'])
    {
        let escaped: String = letter
            .encode_utf16(&mut [0; 2])
            .iter()
            .map(|unit| format!("\\u{unit:04X}"))
            .collect();
        let read = agreed::<String>(format!("\"{escaped}\"").as_bytes());
        assert_eq!(read, Some(letter.to_string()));
        let text = serde_json::to_string(&letter.to_string()).unwrap();
        assert_eq!(agreed::<String>(text.as_bytes()), Some(letter.to_string()));
    }
}

#[test]
fn half_a_value_is_refused_wherever_it_ends() {
    let text = serde_json::to_string(&sample()).unwrap();
    for end in 0..text.len() {
        let half = &text.as_bytes()[..end];
        assert_eq!(agreed::<All>(half), None);
    }
}

#[test]
fn a_byte_changed_anywhere_is_taken_or_refused_alike() {
    let text = serde_json::to_string(&sample()).unwrap();
    for place in 0..text.len() {
        for byte in *b"\"\\{}[]:, 0-9xnt\x00\xff" {
            let mut bytes = text.clone().into_bytes();
            bytes[place] = byte;
            // Fractions and leading zeros are the one thing that is not told apart: our server writes none.
            if reader::read::<All>(&bytes).is_ok() != serde_json::from_slice::<All>(&bytes).is_ok()
            {
                let around = &text[place.saturating_sub(2)..(place + 2).min(text.len())];
                assert!(
                    around.contains(|letter: char| letter.is_ascii_digit()),
                    "{}",
                    String::from_utf8_lossy(&bytes)
                );
            }
        }
    }
}

#[test]
fn what_is_no_value_of_ours_is_refused() {
    for text in [
        "",
        " ",
        "nul",
        "tru",
        "[",
        "]",
        "{",
        "}",
        "{]",
        "[}",
        "[1,]",
        "{\"a\"}",
        "{\"a\":}",
        "\"",
        "\"\\",
        "\"\\u12",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"\\x\"",
        "\"\n\"",
        "1 2",
        "--1",
        "-",
        "<html>",
    ] {
        assert!(agreed::<All>(text.as_bytes()).is_none());
        assert!(agreed::<Vec<String>>(text.as_bytes()).is_none());
        assert!(agreed::<AppError>(text.as_bytes()).is_none());
        assert!(agreed::<u32>(text.as_bytes()).is_none());
    }
    for number in ["256", "-1", "18446744073709551616", "1.0", "1e2"] {
        assert!(agreed::<u8>(number.as_bytes()).is_none());
    }
}

#[test]
fn a_value_too_deep_is_refused_and_breaks_nothing() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(reader::read::<Vec<Node>>(deep.as_bytes()).is_err());
    let unknown = format!("{{\"unknown\":{deep}}}");
    assert!(reader::read::<Wide>(unknown.as_bytes()).is_err());
}

#[derive(Debug, PartialEq, Deserialize)]
struct Wide {}
