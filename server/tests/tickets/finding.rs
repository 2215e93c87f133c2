//! Finding tickets: by words, by where they stand, in an order. Nobody's words but one's own, nothing that is not shown, and at once.

mod hits;
mod waiting;

use app::error::{AppError, Field, FieldError, Problem};
use app::tickets::find::{Find, Piece, Show, Sort};
use app::tickets::markup::Node;
use app::tickets::model::*;
use server::store::customers::CustomerId;
use server::store::tickets as kept;
use server::translate::{Side, Translated};

use crate::support::*;

fn words(words: &str) -> Find {
    Find {
        words: words.to_owned(),
        ..Find::default()
    }
}

async fn ask(person: &Person<'_>, find: Find, after: Option<Cursor>) -> TicketList {
    match person.can.list_tickets(find, after, None, 0).await.unwrap() {
        Refetched::Changed(list) => list,
        Refetched::Unchanged => panic!("unchanged, though nothing was known"),
    }
}

/// Subjects of what is found.
async fn subjects(person: &Person<'_>, find: Find) -> Vec<String> {
    let list = ask(person, find, None).await;
    list.rows.into_iter().map(|row| row.subject).collect()
}

async fn finds(person: &Person<'_>, typed: &str) -> Vec<String> {
    subjects(person, words(typed)).await
}

/// What is shown, with brackets around what was found.
fn shown(pieces: &[Piece]) -> String {
    let each = pieces.iter().map(|piece| match piece {
        Piece::Plain(text) => text.clone(),
        Piece::Found(text) => format!("[{text}]"),
    });
    each.collect()
}

#[tokio::test]
async fn a1_nobody_finds_anothers_words() {
    let stage = Stage::set_up().await;
    let (ada, bob) = (stage.signed_in(ADA).await, stage.signed_in(BOB).await);
    let hers = ada.open("Quokka", "The wombat sleeps").await;
    let his = bob.open("Printer", "The toner is empty").await;
    for typed in ["quokka", "wombat", "quo", "the wombat"] {
        assert_eq!(finds(&bob, typed).await, [] as [&str; 0], "{typed}");
    }
    let number = ada.number(&hers).await;
    assert_eq!(finds(&bob, &number.to_string()).await, [] as [&str; 0]);
    assert_eq!(finds(&ada, "the").await, ["Quokka"]);
    let (hers, his) = (ada.number(&hers).await, bob.number(&his).await);
    assert_eq!(finds(&ada, &format!("#{hers}")).await, ["Quokka"]);
    assert_eq!(finds(&bob, &format!("{his}")).await, ["Printer"]);
    // His words are not counted either.
    let counts = ask(&bob, words("the"), None).await.counts;
    assert_eq!((counts.all, counts.open), (1, 1));
}

#[tokio::test]
async fn a3_private_notes_and_what_was_deleted_are_not_found() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("A quiet question", "Anybody there").await;
    let number = ada.number(&ticket).await;
    stage
        .fake
        .agent_writes_private_note(number, "Canarynote")
        .unwrap();
    let answer = stage.fake.agent_replies(number, "Regrettable").unwrap();
    stage.pass(10).await;
    assert_eq!(finds(&ada, "canarynote").await, [] as [&str; 0]);
    assert_eq!(finds(&ada, "regrettable").await, ["A quiet question"]);
    stage.fake.agent_deletes_message(number, answer).unwrap();
    stage.pass(10).await;
    ada.show(&ticket).await;
    assert_eq!(finds(&ada, "regrettable").await, [] as [&str; 0]);
}

#[tokio::test]
async fn r12_what_is_typed_is_words_and_nothing_else() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    ada.open("Apples and \"pears\"", "a:b c* NEAR d").await;
    ada.open("Bananas", "text").await;
    for typed in [
        "\"",
        "*",
        "a* OR bananas",
        "NEAR(a b)",
        "{text}: bananas apples",
        "^x",
        "a AND NOT apples",
        "' OR 1=1 --",
        "!",
        "words : 1",
        "\u{202e}x",
        "(((((",
    ] {
        assert_eq!(finds(&ada, typed).await, [] as [&str; 0], "{typed}");
    }
    for typed in [
        "\"pears\"",
        "apples \"",
        "NEAR d",
        "a:b",
        "c* near",
        "ap\0ples",
        "+apples -and",
        " \u{a0}APPLES\t",
    ] {
        let found = finds(&ada, &typed.replace("ap\0ples", "and\0pears")).await;
        assert_eq!(found, ["Apples and \"pears\""], "{typed:?}");
    }
    for blank in ["", " ", "\u{3000}\n"] {
        assert_eq!(finds(&ada, blank).await.len(), 2, "{blank:?}");
    }
    let long = ada
        .can
        .list_tickets(words(&"ä".repeat(10_000)), None, None, 0)
        .await;
    let problem = Problem::TooLong {
        limit: 200,
        actual: 10_000,
    };
    let fault = FieldError {
        field: Field::Words,
        problem,
    };
    assert_eq!(long, Err(AppError::Invalid(vec![fault])));
    assert_eq!(finds(&ada, &"zä ".repeat(66)).await, [] as [&str; 0]);
}

#[tokio::test]
async fn words_are_found_in_subjects_and_all_messages_as_far_as_they_are_typed() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Rechnung über Größe 42", "Sie ist falsch").await;
    ada.open("東京の天気", "明日は雨ですか").await;
    ada.open("Other", "Nothing of it").await;
    stage
        .fake
        .agent_replies(ada.number(&ticket).await, "I will *refund* the difference")
        .unwrap();
    stage.pass(10).await;
    ada.reply(&ticket, "Thank you").await;
    for typed in [
        "rechn",
        "RECHNUNG grosse",
        "uber",
        "refund",
        "grösse refund falsch",
        "thank rechnung",
    ] {
        assert_eq!(
            finds(&ada, typed).await,
            ["Rechnung über Größe 42"],
            "{typed}"
        );
    }
    for typed in ["天気", "雨", "東京", "明日は"] {
        assert_eq!(finds(&ada, typed).await, ["東京の天気"], "{typed}");
    }
    for typed in ["echnung", "refund nothing", "京東", "chn"] {
        assert_eq!(finds(&ada, typed).await, [] as [&str; 0], "{typed}");
    }
    let list = ask(&ada, words("rech refu"), None).await;
    let found = list.rows[0].found.as_ref().unwrap();
    assert_eq!(shown(&found.subject), "[Rechnung] über Größe 42");
    let (_, author, excerpt) = found.message.as_ref().unwrap();
    assert_eq!(*author, Author::Agent("John Doe".to_owned()));
    assert_eq!(shown(excerpt), "I will [refund] the difference");
    let plain = ask(&ada, Find::default(), None).await;
    assert!(plain.rows.iter().all(|row| row.found.is_none()));
}

#[tokio::test]
async fn filters_have_their_tickets_and_their_counts() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    let mut opened = Vec::new();
    for subject in ["received", "waiting", "solved", "cancelled"] {
        opened.push(ada.open(subject, "fruit").await);
        stage.pass(2).await;
    }
    let number = ada.number(&opened[1]).await;
    stage.fake.agent_replies(number, "Which one?").unwrap();
    let number = ada.number(&opened[2]).await;
    stage.fake.agent_resolves(number);
    ada.can
        .cancel(opened[3].clone(), stage.key())
        .await
        .unwrap();
    stage.pass(10).await;
    let list = ask(&ada, Find::default(), None).await;
    assert_eq!(Show::EACH.map(|show| list.counts.of(show)), [4, 2, 1, 2]);
    for (show, expected) in [
        (
            Show::All,
            vec!["cancelled", "received", "solved", "waiting"],
        ),
        (Show::Open, vec!["received", "waiting"]),
        (Show::Waiting, vec!["waiting"]),
        (Show::Solved, vec!["cancelled", "solved"]),
    ] {
        let mut found = subjects(
            &ada,
            Find {
                show,
                ..words("fru")
            },
        )
        .await;
        found.sort();
        assert_eq!(found, expected, "{show:?}");
    }
    let newest = Find {
        sort: Sort::Newest,
        ..Find::default()
    };
    assert_eq!(
        subjects(&ada, newest).await,
        ["cancelled", "solved", "waiting", "received"]
    );
    let list = ask(&ada, words("which"), None).await;
    assert_eq!(Show::EACH.map(|show| list.counts.of(show)), [1, 1, 1, 0]);
}

#[tokio::test]
async fn pages_of_what_is_found_lose_and_double_nothing_while_tickets_move() {
    let stage = Stage::set_up().await;
    let ada = stage.signed_in(ADA).await;
    crowd(&stage, ada.id, 120).await;
    for (find, expected) in [
        (
            Find {
                sort: Sort::Newest,
                ..words("common")
            },
            120,
        ),
        (
            Find {
                show: Show::Open,
                ..words("even")
            },
            60,
        ),
    ] {
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = ask(&ada, find.clone(), after).await;
            assert_eq!(page.counts.all, expected);
            seen.extend(page.rows.into_iter().map(|row| row.id));
            after = page.next;
            if after.is_none() {
                break;
            }
            // A new ticket comes in front of all.
            ada.open("New", "another").await;
        }
        assert_eq!(seen.len() as u32, expected);
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len() as u32, expected);
    }
}

/// Puts tickets with a message each into the read model, past Chatwoot.
async fn crowd(stage: &Stage, customer: CustomerId, tickets: u64) {
    let store = stage.tickets().store();
    let write = store.write(move |tx| {
        for t in 0..tickets {
            let id = TicketId::parse(&format!("6bdc3f4d-0bec-4515-a284-{t:012}")).unwrap();
            let half = if t % 2 == 0 { "even" } else { "odd" };
            kept::change(tx, customer, &id, 1_000 + t, |change| {
                change.begin(&format!("Ticket {t} common {half}"), 1_000 + t)?;
                change.message(&message(t + 1))
            })?;
        }
        Ok(())
    });
    write.await.unwrap();
}

/// A message of the customer's.
fn message(id: u64) -> Translated {
    Translated {
        id,
        at: 1_000,
        key: None,
        side: Side::You,
        author: Author::You,
        kind: MessageKind::Text,
        preview: "please".to_owned(),
        body: vec![Node::Paragraph(vec![Node::Text("please".to_owned())])],
        files: Vec::new(),
        inline: Vec::new(),
        mail_id: None,
    }
}
