//! What `check` says of the help desk.

use serde_json::json;

use super::super::configured::config_with;
use super::super::report::Verdict;
use super::*;

fn config(sign_in: &'static str) -> Config {
    config_with(("SIGN_IN", sign_in))
}

/// What is a fault, in order.
fn faults<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Vec<String> {
    let problem = |line: &'a Line| match &line.verdict {
        Verdict::Fault { problem, .. } => Some(problem.clone()),
        Verdict::Ok(_) | Verdict::Note(_) => None,
    };
    lines.into_iter().filter_map(problem).collect()
}

#[test]
fn a_chatwoot_before_4_7_is_refused() {
    for (text, is_fault) in [
        ("4.14.2", false),
        ("4.7.0", false),
        ("5.0.0-rc1", false),
        ("4.6.9", true),
        ("3.13.0", true),
        ("main", false),
    ] {
        let found: Version = serde_json::from_value(json!({ "version": text })).unwrap();
        assert_eq!(
            !faults([&version(&config("contacts"), &found)]).is_empty(),
            is_fault,
            "{text}"
        );
    }
}

#[test]
fn features_that_make_the_portal_unsafe_or_wrong_are_faults() {
    let account = |features: serde_json::Value| -> Account {
        serde_json::from_value(json!({ "id": 1, "name": "Acme", "features": features })).unwrap()
    };
    let continuity = account(json!({ "email_continuity_on_api_channel": true }));
    assert!(faults(&super::account(&config("contacts"), &continuity))[0].starts_with("security: "));
    let crm = account(json!({ "crm_v2": true }));
    assert_eq!(faults(&super::account(&config("contacts"), &crm)).len(), 1);
    assert_eq!(faults(&super::account(&config("anyone"), &crm)).len(), 0);
    let off = account(json!({ "crm_v2": false, "email_continuity_on_api_channel": false }));
    assert_eq!(faults(&super::account(&config("contacts"), &off)).len(), 0);
}

#[test]
fn settings_of_the_inbox_that_lose_tickets_are_faults() {
    let inbox = |more: (&str, serde_json::Value)| -> Inbox {
        let mut all = json!({ "id": 3, "name": "Portal", "channel_type": "Channel::Api", "inbox_identifier": "abc" });
        all[more.0] = more.1;
        serde_json::from_value(all).unwrap()
    };
    for (more, count) in [
        (("name", json!("Portal")), 0),
        (("lock_to_single_conversation", json!(true)), 1),
        (("channel_type", json!("Channel::WebWidget")), 1),
        (("inbox_identifier", json!(null)), 1),
        (("allow_messages_after_resolved", json!(false)), 0),
    ] {
        let lines = super::inbox(&inbox(more.clone()));
        assert_eq!(faults(&lines).len(), count, "{more:?}");
    }
    assert!(bot(None).is_none());
    assert!(
        bot(Some(&AgentBot {
            name: "Robo".to_owned()
        }))
        .is_some()
    );
}
