//! S2: however many use a token at once, it gives one session to the browser that asked and at most two to others. Below HTTP, so that
//! two hundred rounds are quick. There are no two instances to try it on: a DATA_DIR is one process's (store.rs), and what a token still
//! gives is taken in the transaction that begins the session.

use std::sync::Arc;

use server::cookies::BrowserId;
use server::sign_in::redeem::{self, Holder};
use server::sign_in::token;
use server::state::State;
use server::store::sign_ins::{self, SignIn, Stage};

use crate::support::Stage as Scene;

const ROUNDS: usize = 200;
/// Of each round: the browser that asked by link, the same by code, others by link.
const SHARES: [usize; 3] = [16, 16, 32];

/// How somebody tries to get in.
#[derive(Clone, Copy)]
enum Way {
    Link,
    Code,
}

/// A wish whose mail is out, with its link and code.
async fn wish(state: &State, browser: &BrowserId, round: usize) -> token::Tokens {
    let keys = state.keys.current();
    let (id, now) = (state.chance.bytes(), state.clock.now());
    let tokens = token::derive(keys, &id);
    let hashes = token::hashes(keys, &id, &tokens);
    let row = SignIn {
        id,
        link_hash: hashes.link,
        code_hash: hashes.code,
        browser_hash: browser.hash(keys),
        address: format!("ada{round}@example.com"),
        language: "en".to_owned(),
        return_to: None,
        device: String::new(),
        asked_at: now,
        expires_at: now + 60_000,
        armed: true,
        tries_left: 5,
        for_asker: 1,
        for_others: 2,
        stage: Stage::Mailed,
        attempts: 1,
    };
    let stored = state.store.write(move |tx| sign_ins::ask(tx, &row, 3));
    stored.await.unwrap();
    tokens
}

async fn gets_in(state: Arc<State>, browser: Option<BrowserId>, way: Way, token: String) -> bool {
    let holder = Holder {
        browser,
        session: None,
        device: "Firefox, Windows".to_owned(),
    };
    let begun = match way {
        Way::Link => redeem::by_link(&state, holder, &token).await,
        Way::Code => redeem::by_code(&state, holder, &token).await,
    };
    begun.is_ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn s2_of_64_at_once_one_is_in_where_it_was_asked_for_and_at_most_two_elsewhere_200_times_over()
 {
    let scene = Scene::set_up().await;
    let state = scene.state();
    for round in 0..ROUNDS {
        let asker = BrowserId::make(&state.chance, &state.keys);
        let tokens = wish(state, &asker, round).await;
        let mut trying = Vec::new();
        for (share, count) in SHARES.into_iter().enumerate() {
            for _ in 0..count {
                let (browser, way, token) = match share {
                    0 => (Some(asker.clone()), Way::Link, &tokens.link),
                    1 => (Some(asker.clone()), Way::Code, &tokens.code),
                    _ => (None, Way::Link, &tokens.link),
                };
                let state = Arc::clone(state);
                let tried = tokio::spawn(gets_in(state, browser, way, token.clone()));
                trying.push((share < 2, tried));
            }
        }
        let (mut here, mut elsewhere) = (0, 0);
        for (asked, tried) in trying {
            let count = if asked { &mut here } else { &mut elsewhere };
            *count += u32::from(tried.await.unwrap());
        }
        assert_eq!(here, 1, "round {round}");
        assert!(elsewhere <= 2, "round {round}: {elsewhere}");
        let sessions = state.store.read(move |tx| {
            let sql =
                "SELECT count(*) FROM sessions JOIN customers ON id = customer WHERE address = ?1";
            let address = format!("ada{round}@example.com");
            Ok(tx.query_row(sql, [address], |row| row.get::<_, u32>(0))?)
        });
        assert_eq!(sessions.await.unwrap(), here + elsewhere, "round {round}");
    }
}
