//! A visitor of the website says that he is somebody else (§1): each way in which that went through on a real Chatwoot.

use serde_json::{Value, json};

use super::{EVE, stands, victim};
use crate::support::*;

/// What a visitor does, one after the other.
enum Step {
    /// `PATCH widget/contact`.
    Says(Value),
    /// The form before the chat.
    PreChat(Value),
    /// `PATCH widget/contact/set_user`, with the status that it must have.
    SetUser(Value, u16),
}

/// One way.
struct Way {
    name: &'static str,
    eve_was_there: bool,
    /// The identifiers of Ada's and Eve's contacts.
    identifiers: [Option<&'static str>; 2],
    hashes_demanded: bool,
    steps: Vec<Step>,
    /// Ada's contact ends up with Eve's address, so that the operator is told.
    taken: bool,
}

impl Way {
    fn new(name: &'static str, steps: Vec<Step>) -> Self {
        Self {
            name,
            eve_was_there: false,
            identifiers: [None, None],
            hashes_demanded: false,
            steps,
            taken: true,
        }
    }

    fn with_eve(self) -> Self {
        Self {
            eve_was_there: true,
            ..self
        }
    }

    fn identified(self, ada: Option<&'static str>, eve: Option<&'static str>) -> Self {
        Self {
            identifiers: [ada, eve],
            ..self
        }
    }
}

fn says_address(address: &str) -> Step {
    Step::Says(json!({ "email": address }))
}

fn takes_over() -> Vec<Step> {
    vec![says_address(ADA), says_address(EVE)]
}

fn ways() -> Vec<Way> {
    let identifier = |id: &str| json!({ "identifier": id });
    vec![
        Way {
            taken: false,
            ..Way::new("a: joins her contact", vec![says_address(ADA)])
        },
        Way::new("b: changes her address", takes_over()),
        Way::new("b': swallows her", takes_over()).with_eve(),
        Way::new("B: swallows her, both identified", takes_over())
            .with_eve()
            .identified(Some("id-ada"), Some("id-eve")),
        Way::new("C: only she is identified", takes_over()).identified(Some("id-ada"), None),
        Way {
            hashes_demanded: true,
            ..Way::new("D: the website demands hashes", takes_over()).with_eve()
        },
        Way::new(
            "pre-chat: the form merges too",
            vec![
                Step::PreChat(json!({ "email": ADA })),
                Step::PreChat(json!({ "email": EVE })),
            ],
        )
        .with_eve(),
        Way::new(
            "identifier: says hers, then his own address",
            vec![Step::Says(identifier("id-ada")), says_address(EVE)],
        )
        .identified(Some("id-ada"), None),
        Way {
            taken: false,
            ..Way::new(
                "identifier: claims one that nobody has yet",
                vec![says_address(ADA), Step::Says(identifier("id-late"))],
            )
        },
        Way::new(
            "set_user: with hers and no hash",
            vec![Step::SetUser(identifier("id-ada"), 200), says_address(EVE)],
        )
        .identified(Some("id-ada"), None),
        Way {
            hashes_demanded: true,
            taken: false,
            ..Way::new(
                "set_user: refused where hashes are demanded",
                vec![Step::SetUser(identifier("id-ada"), 401)],
            )
            .identified(Some("id-ada"), None)
        },
        Way {
            taken: false,
            ..Way::new(
                "and back: what agents see looks as before",
                vec![says_address(ADA), says_address(EVE), says_address(ADA)],
            )
        },
        Way {
            taken: false,
            ..Way::new(
                "writes what he likes into her contact",
                vec![
                    says_address(ADA),
                    Step::Says(json!({ "name": "Eve", "phone_number": "+4912345678",
                        "custom_attributes": { "portal_ticket": "x" },
                        "additional_attributes": { "portal_sig": "x" } })),
                ],
            )
        },
    ]
}

async fn attack(stage: &Stage, way: &Way) {
    for (address, identifier) in [ADA, EVE].into_iter().zip(way.identifiers) {
        if let (Some(id), Some(contact)) = (identifier, stage.fake.contact_by_email(address)) {
            let path = format!("contacts/{}", contact.id);
            stage.ask("PATCH", &path, json!({ "identifier": id })).await;
        }
    }
    if way.hashes_demanded {
        let path = format!("inboxes/{}", stage.fake.given().web_inbox);
        let demand = json!({ "channel": { "hmac_mandatory": true } });
        stage.ask("PATCH", &path, demand).await;
    }
    let visitor = Attacker::comes(stage).await;
    for step in &way.steps {
        match step {
            Step::Says(contact) => visitor.says(contact.clone()).await,
            Step::PreChat(contact) => {
                let chat = json!({ "contact": contact, "message": { "content": "hi" } });
                let (status, answer) = visitor.widget("POST", "conversations", chat).await;
                assert_eq!(status, 200, "{answer}");
            }
            Step::SetUser(contact, expected) => {
                let (status, answer) = visitor
                    .widget("PATCH", "contact/set_user", contact.clone())
                    .await;
                assert_eq!(status, *expected, "{answer}");
            }
        }
    }
    let hers = stage.fake.contact_of(&stage.source(ADA)).unwrap();
    assert_eq!(
        hers.email.as_deref() == Some(EVE),
        way.taken,
        "{}",
        way.name
    );
}

/// Runs every fourth way, so that the four tests share the work.
async fn run(part: usize) {
    for way in ways().into_iter().skip(part).step_by(4) {
        let mut stage = Stage::set_up().await;
        let hers = victim(&stage, way.eve_was_there).await;
        attack(&stage, &way).await;
        stands(&mut stage, &hers, u32::from(way.eve_was_there), way.name).await;
        let alarms = stage.alarms().await;
        let expected = match (way.taken, way.eve_was_there) {
            (false, _) => 0,
            (true, false) => 1,
            // Eve's contact holds Ada's source id too, and Ada's has Eve's address.
            (true, true) => 2,
        };
        assert_eq!(alarms, expected, "{}", way.name);
    }
}

#[tokio::test]
async fn a2_whoever_a_website_visitor_says_he_is_nobodys_tickets_move_1() {
    run(0).await;
}

#[tokio::test]
async fn a2_whoever_a_website_visitor_says_he_is_nobodys_tickets_move_2() {
    run(1).await;
}

#[tokio::test]
async fn a2_whoever_a_website_visitor_says_he_is_nobodys_tickets_move_3() {
    run(2).await;
}

#[tokio::test]
async fn a2_whoever_a_website_visitor_says_he_is_nobodys_tickets_move_4() {
    run(3).await;
}

#[tokio::test]
async fn a2_a_blocked_customer_who_is_taken_over_reads_on_and_nobody_else_does() {
    let stage = Stage::set_up().await;
    let hers = victim(&stage, false).await;
    let contact = stage.fake.contact_of(&stage.source(ADA)).unwrap().id;
    stage.fake.block_contact(contact);
    let visitor = Attacker::comes(&stage).await;
    visitor.says(json!({ "email": ADA })).await;
    visitor.says(json!({ "email": EVE })).await;
    let ada = stage.signed_in(ADA).await;
    assert_eq!(ada.show(&hers.ticket).await.entries.len(), 2);
    let eve = stage.signed_in(EVE).await;
    assert_eq!(eve.list().await.total, 0);
    assert_eq!(
        eve.try_show(&hers.ticket).await,
        Err(app::error::AppError::NotFound)
    );
}

#[tokio::test]
async fn a_hijack_is_told_to_the_operator_once_and_taken_back_when_it_is_over() {
    let mut stage = Stage::set_up().await;
    victim(&stage, false).await;
    assert_eq!(stage.alarms().await, 0);
    let visitor = stage.fake.widget_visitor().unwrap();
    stage.fake.widget_visitor_takes_email(visitor, ADA).unwrap();
    stage.fake.widget_visitor_takes_email(visitor, EVE).unwrap();
    for _ in 0..2 {
        stage.signed_in(ADA).await;
        assert_eq!(stage.alarms().await, 1);
        stage.restart().await;
    }
    stage.fake.widget_visitor_takes_email(visitor, ADA).unwrap();
    stage.signed_in(ADA).await;
    assert_eq!(stage.alarms().await, 0);
}
