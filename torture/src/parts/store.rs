//! Every n-th write of the store fails, whatever it is for. What was acknowledged is there once, and the store is whole when it is
//! opened again. In this process, on a clock that stands still until it is moved.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use app::contract::Customer;
use app::error::AppError;
use app::tickets::model::{Key, NewTicket, TicketId};
use chatwoot::{AccountId, InboxId};
use fake_chatwoot::{FakeChatwoot, Options};
use server::chance::Chance;
use server::clock::Clock;
use server::keys::KeyRing;
use server::live::Hand;
use server::rate_limit::{InMemory, Rates};
use server::store::customers::{self, CustomerId};
use server::store::failing::How;
use server::store::{Store, StoreError};
use server::tickets::{Changes, Parts, Settings, Tickets};

use crate::dice::Dice;
use crate::judge::{Tally, Told};
use crate::{Outcome, Size};

const SECRET: &[u8] = b"a secret for torture, on this machine only";
/// Nobody is held up.
const RATES: Rates = Rates {
    tickets_per_hour: 100_000,
    replies_per_hour: 100_000,
    reads_per_minute: 100_000,
    answer_mails_per_minute: 6_000,
};
/// So often somebody tries again what was not taken.
const TRIES: usize = 6;
/// What was acknowledged has to be there after so many steps of ten seconds.
const STEPS: usize = 60;

pub(super) async fn run(size: Size, dice: Dice) -> Outcome<Told> {
    let mut each: Vec<usize> = (1..=size.of(500, 8)).collect();
    if size.short {
        each.extend([13, 34, 89]);
    }
    let (mut tally, mut failed, mut refused) = (Tally::default(), 0, 0);
    for n in &each {
        let told = with_each(*n, &dice).await;
        let told = told.map_err(|problem| format!("every {n}th write fails: {problem}"))?;
        tally.writes += told.tally.writes;
        tally.lost += told.tally.lost;
        tally.doubled += told.tally.doubled;
        failed += told.failed;
        refused += told.refused;
    }
    Ok(Told {
        words: format!(
            "{} rounds, {failed} writes of the store failed, {refused} requests refused, {} acknowledged; each store whole again",
            each.len(),
            tally.writes
        ),
        tally,
    })
}

struct Round {
    tally: Tally,
    failed: usize,
    refused: usize,
}

struct Nobody;

impl Changes for Nobody {
    fn changed(&self, _: CustomerId, _: Option<&TicketId>) {}

    fn typing(&self, _: CustomerId, _: &TicketId, _: Hand) {}

    fn is_watched(&self, _: CustomerId) -> bool {
        false
    }

    fn watching(&self) -> Vec<CustomerId> {
        Vec::new()
    }
}

/// One round: some acts while every n-th write fails, an end wherever it is, and another start on the same folder.
async fn with_each(n: usize, dice: &Dice) -> Outcome<Round> {
    let clock = Clock::still(1_790_000_000_000);
    let time = clock.clone();
    let fake = FakeChatwoot::start(Options {
        clock: Arc::new(move || time.now().cast_signed()),
        ..Options::default()
    })
    .await?;
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path())?;
    let customer = store
        .write(|tx| customers::find_or_make(tx, "ada@example.com", None, 1))
        .await?
        .id;
    let counter = Arc::new(std::sync::Mutex::new((0_usize, 0_usize)));
    let counts = Arc::clone(&counter);
    let fails = move || {
        let mut counts = counts
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        counts.0 += 1;
        let fails = counts.0.is_multiple_of(n);
        counts.1 += usize::from(fails);
        fails
    };
    store.fails_when(How::Full, Box::new(fails));
    let tickets = start(store, &fake, &clock)?;
    let can = tickets.customer_for(customer);
    let mut taken = Vec::new();
    let mut refused = 0;
    let mut ticket = None;
    let failed = || {
        counter
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .1
    };
    // At least until one failed: how many writes an act takes is the portal's affair.
    for act in 0.. {
        if act >= 4 + n / 2 && failed() > 0 {
            break;
        }
        let key = dice.uuid();
        match &ticket {
            Some(ticket) => {
                if insist(&mut refused, || reply(can.as_ref(), ticket, &key))
                    .await?
                    .is_some()
                {
                    taken.push(key);
                }
            }
            None => {
                ticket = insist(&mut refused, || open(can.as_ref(), &key)).await?;
                if ticket.is_some() {
                    taken.push(key);
                }
            }
        }
        if dice.percent(20) {
            clock.advance(Duration::from_secs(6));
        }
    }
    tickets.kill().await;
    drop((can, tickets));
    let store = reopen(folder.path()).await?;
    let whole = store.read(|tx| {
        let mut whole = Vec::new();
        for file in ["main", "model"] {
            let pragma = format!("PRAGMA {file}.integrity_check");
            whole.push(tx.query_row(&pragma, [], |row| row.get::<_, String>(0))?);
        }
        Ok(whole)
    });
    if whole.await? != ["ok", "ok"] {
        return Err("the store is not whole".into());
    }
    let tickets = start(store, &fake, &clock)?;
    let there = |key: &String| fake.messages_with_source(&format!("portal:{key}")).len();
    for _ in 0..STEPS {
        tickets.idle().await;
        if taken.iter().all(|key| there(key) > 0) {
            break;
        }
        clock.advance(Duration::from_secs(10));
    }
    // Whatever would come twice comes by then.
    for _ in 0..8 {
        clock.advance(Duration::from_secs(10));
        tickets.idle().await;
    }
    tickets.stop().await;
    let failed = failed();
    Ok(Round {
        tally: Tally {
            writes: taken.len(),
            lost: taken.iter().filter(|key| there(key) == 0).count(),
            doubled: taken.iter().map(|key| there(key).saturating_sub(1)).sum(),
        },
        failed,
        refused,
    })
}

fn start(store: Store, fake: &FakeChatwoot, clock: &Clock) -> Outcome<Tickets> {
    let given = fake.given();
    let chatwoot = chatwoot::Client::new(chatwoot::Settings {
        url: fake.url().parse()?,
        public_url: None,
        storage_hosts: Vec::new(),
        token: given.admin_token.clone().into(),
        account: AccountId::new(given.account.0.cast_unsigned())?,
        inbox: InboxId::new(given.inbox.0.cast_unsigned())?,
        limits: chatwoot::Limits::default(),
        http: chatwoot::build_http(None)?,
    })?;
    Ok(Tickets::start(Parts {
        store,
        clock: clock.clone(),
        chance: Chance::system(),
        keys: KeyRing::from_secrets(SECRET, []),
        chatwoot,
        changes: Arc::new(Nobody),
        post: None,
        settings: Settings::default(),
        limits: Arc::new(InMemory::new(clock.clone(), 100, RATES)),
    }))
}

/// What was killed lets go of its folder a moment later.
async fn reopen(folder: &Path) -> Outcome<Store> {
    for _ in 0..2_000 {
        match Store::open(folder) {
            Err(StoreError::InUse(..)) => tokio::time::sleep(Duration::from_millis(5)).await,
            opened => return Ok(opened?),
        }
    }
    Err("the folder is not given free".into())
}

async fn open(can: &dyn Customer, key: &str) -> Result<TicketId, AppError> {
    let new = NewTicket {
        key: key_of(key)?,
        subject: "Printer".to_owned(),
        message: "It does not print".to_owned(),
        files: Vec::new(),
        priority: None,
    };
    can.open_ticket(new).await
}

async fn reply(can: &dyn Customer, ticket: &TicketId, key: &str) -> Result<(), AppError> {
    let text = "Still not".to_owned();
    can.reply(ticket.clone(), key_of(key)?, text, Vec::new())
        .await?;
    Ok(())
}

fn key_of(key: &str) -> Result<Key, AppError> {
    Key::parse(key).ok_or(AppError::BadRequest)
}

/// Tries some times. None if it was never taken; an answer other than "not now" is wrong.
async fn insist<T, F: Future<Output = Result<T, AppError>>>(
    refused: &mut usize,
    mut act: impl FnMut() -> F,
) -> Outcome<Option<T>> {
    for _ in 0..TRIES {
        match act().await {
            Ok(done) => return Ok(Some(done)),
            Err(AppError::Unavailable { .. }) => *refused += 1,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(None)
}
