//! What a real Chatwoot lets others do (seen-live.md §1–3, 5), replayed: the attacker sees nothing of the victim's, and the victim keeps
//! what is hers and goes on.

mod agents;
mod begun_by_mail;
mod mail;
mod merge;
mod widget;

use app::error::AppError;
use app::tickets::model::*;

use crate::support::*;

/// The attacker's own mailbox, in which he can sign in.
pub const EVE: &str = "eve@example.com";

/// The victim's tickets before the attack.
pub struct Victim {
    pub ticket: TicketId,
    pub number: fake_chatwoot::DisplayId,
}

/// Ada with a ticket and an answer, and Eve with a ticket of her own if she was there before.
pub async fn victim(stage: &Stage, eve_was_there: bool) -> Victim {
    if eve_was_there {
        stage.signed_in(EVE).await.open("Eve's own", "mine").await;
    }
    let ada = stage.signed_in(ADA).await;
    let ticket = ada.open("Hers", "CANARY of hers").await;
    let number = ada.number(&ticket).await;
    stage.fake.agent_replies(number, "CANARY for her").unwrap();
    stage.pass(6).await;
    Victim { ticket, number }
}

/// After an attack: whatever is restarted or lost, Eve gets nothing, and Ada goes on.
pub async fn stands(stage: &mut Stage, victim: &Victim, eves: u32, how: &str) {
    for round in ["as it was", "restarted", "read model lost", "store lost"] {
        let how = format!("{how}, {round}");
        match round {
            "restarted" => stage.restart().await,
            "read model lost" => stage.lose_read_model().await,
            "store lost" => stage.lose_store().await,
            _ => {}
        }
        let agents = stage
            .fake
            .agent_replies(victim.number, &format!("CANARY {round}"));
        agents.unwrap();
        let eve = stage.signed_in(EVE).await;
        let ada = stage.signed_in(ADA).await;
        let before = thread(&ada.show(&victim.ticket).await);
        let last = before.last().unwrap();
        assert!(last.ends_with(&format!("CANARY {round}")), "{how}: {last}");
        // She writes, there and anew, and sees it.
        let sent = ada
            .reply(&victim.ticket, &format!("CANARY still me, {round}"))
            .await;
        assert_eq!(sent.delivery, Delivery::Sending, "{how}");
        assert_eq!(
            ada.row(&victim.ticket).await.delivery,
            Delivery::Sent,
            "{how}"
        );
        let tickets = ada.list().await.total;
        let new = ada
            .open(&format!("CANARY new {round}"), "CANARY text")
            .await;
        assert_eq!(ada.row(&new).await.delivery, Delivery::Sent, "{how}");
        assert_eq!(ada.list().await.total, tickets + 1, "{how}");
        stage.pass(60).await;
        // Eve: her list, hers by name, and what her open pages were told.
        let list = eve.everything().await;
        assert_eq!(list.len(), eves as usize, "{how}: {list:?}");
        let mut all = format!("{list:?}");
        for row in &list {
            all.push_str(&format!("{:?}", eve.show(&row.id).await));
        }
        assert!(!all.contains("CANARY"), "{how}: {all}");
        for hers in [&victim.ticket, &new] {
            let nothing = Err(AppError::NotFound);
            assert_eq!(eve.try_show(hers).await, nothing, "{how}");
            let reply = eve
                .can
                .reply((*hers).clone(), stage.key(), "x".into(), Vec::new());
            assert_eq!(reply.await, Err(AppError::NotFound), "{how}");
            assert!(!stage.told_of(eve.id).contains(hers), "{how}");
        }
    }
}
