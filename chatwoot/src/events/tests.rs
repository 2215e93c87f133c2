//! What is no event, or an odd one.

use super::*;

#[test]
fn what_is_no_event_is_none_and_odd_fields_are_not_there() {
    for body in ["", "{", "[]", "null", "5", "\"x\"", "{}", "{\"event\":5}"] {
        assert_eq!(Event::of_delivery(body.as_bytes()), None, "{body}");
    }
    for body in [
        r#"{"event":"made_up"}"#,
        r#"{"event":"message_created"}"#,
        r#"{"event":"message_created","id":"x","conversation":[]}"#,
        r#"{"event":"message_created","id":0,"conversation":{"id":1}}"#,
        r#"{"event":"conversation_updated","id":99999999999999999999}"#,
    ] {
        let event = Event::of_delivery(body.as_bytes()).unwrap();
        assert_eq!(event.about, About::Other, "{body}");
    }
    let deep = format!(
        "{{\"event\":\"x\",\"more\":{}{}}}",
        "[".repeat(5000),
        "]".repeat(5000)
    );
    // What is not read is passed over, however deep it is.
    assert!(Event::of_delivery(deep.as_bytes()).is_some());
}
