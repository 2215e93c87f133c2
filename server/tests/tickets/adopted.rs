//! What a customer does in an earlier portal's ticket is seen by agents as in one of ours.

use crate::adopting::earlier_ticket;
use crate::support::*;

#[tokio::test]
async fn agents_see_what_is_read_and_typed_in_an_earlier_portals_ticket_too() {
    let mut stage = Stage::not_started().await;
    // In both of the ways that an earlier portal may have filed it.
    earlier_ticket(&stage, ADA, None, "Old").await;
    earlier_ticket(&stage, BOB, Some("bob@example.com"), "Old").await;
    stage.start().await;
    stage.settle().await;
    let calls = |end: &str| {
        let calls = stage.fake.calls();
        let of = |(route, count): (&String, &u64)| route.ends_with(end).then_some(*count);
        calls.iter().filter_map(of).sum::<u64>()
    };
    for (nth, address) in [(1, ADA), (2, BOB)] {
        let person = stage.signed_in(address).await;
        let ticket = person.list().await.rows[0].id.clone();
        let number = person.number(&ticket).await;
        stage.fake.agent_replies(number, "We look").unwrap();
        stage.pass(6).await;
        let version = person.show(&ticket).await.version;
        person.can.mark_seen(ticket.clone(), version).await.unwrap();
        stage.pass(6).await;
        assert_eq!(calls("update_last_seen"), nth, "{address}");
        let messages = stage.fake.messages(number);
        let answer = messages.iter().find(|it| it.kind.as_str() == "outgoing");
        assert_eq!(answer.unwrap().status.to_string(), "read", "{address}");
        person.can.typing(ticket, true).await.unwrap();
        stage.settle().await;
        assert_eq!(calls("toggle_typing"), nth, "{address}");
    }
}
