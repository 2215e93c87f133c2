//! The portal is killed wherever it is, and now and then asked to stop, while people write.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::try_join_all;

use crate::dice::Dice;
use crate::judge::{Told, judge};
use crate::person::Person;
use crate::proxy::Sky;
use crate::stage::Stage;
use crate::written::Book;
use crate::{Outcome, Size};

/// It is killed within so many milliseconds of its first answer, and as many times as long as the start before it took.
const LIFE: u64 = 700;
const AS_LONG_AS_STARTS: u64 = 3;
/// Acts that may be written for each kill: more than a life has time for, but where a slow machine makes it long. There they would be more
/// than the portal may send meanwhile, and hours of the clock would be waited for in the end.
const EACH_LIFE: usize = 30;
/// A stop that is asked for has to be done within this, in milliseconds.
const STOPPED: u64 = 10_000;

pub(super) async fn run(program: &Path, size: Size, dice: Dice) -> Outcome<Told> {
    let mut stage = Stage::set_up(program, size.speed, dice, 8).await?;
    stage.proxy.set(Sky::Storm(8));
    let paper = Arc::new(Paper::of(&stage));
    let people = stage.people.clone();
    let writing = tokio::spawn({
        let (paper, dice) = (Arc::clone(&paper), stage.dice.another());
        async move { try_join_all(people.iter().map(|person| write_on(person, &paper, &dice))).await }
    });
    let kills = size.of(500, 15);
    let (mut stops, mut slowest_start, mut slowest_stop, mut memory) = (0, 0, 0, 0);
    let mut started = 0;
    for n in 1..=kills {
        // On a busy machine it lives longer, or nothing would ever be written.
        let life = stage.dice.below(LIFE + AS_LONG_AS_STARTS * started);
        tokio::time::sleep(Duration::from_millis(life)).await;
        memory = memory.max(stage.portal.memory().unwrap_or(0));
        stage.portal.kill()?;
        paper.add(EACH_LIFE);
        started = stage.portal.begin().await?;
        slowest_start = slowest_start.max(started);
        if n % 10 == 5 {
            tokio::time::sleep(Duration::from_millis(stage.dice.below(400))).await;
            let (status, took) = stage.portal.stop().await?;
            if !status.success() || took > STOPPED {
                return Err(format!(
                    "asked to stop it ended with {status} after {took} ms: {}",
                    stage.portal.log()
                )
                .into());
            }
            stops += 1;
            slowest_stop = slowest_stop.max(took);
            stage.portal.begin().await?;
        }
        if writing.is_finished() {
            break;
        }
    }
    paper.take_away();
    writing.await??;
    stage.clear();
    let tally = judge(&stage).await?;
    Ok(Told {
        words: format!(
            "{} writes over {kills} kills and {stops} stops; slowest start {slowest_start} ms, slowest stop {slowest_stop} ms, most memory {} MiB",
            tally.writes,
            memory / 1024
        ),
        tally,
    })
}

/// What may be written still.
struct Paper {
    book: Book,
    most: AtomicUsize,
    over: AtomicBool,
}

impl Paper {
    /// Enough for the first life, and for a ticket of everybody.
    fn of(stage: &Stage) -> Self {
        Self {
            book: stage.book.clone(),
            most: AtomicUsize::new(stage.people.len() + EACH_LIFE),
            over: AtomicBool::new(false),
        }
    }

    fn add(&self, acts: usize) {
        self.most.fetch_add(acts, Ordering::SeqCst);
    }

    fn take_away(&self) {
        self.over.store(true, Ordering::SeqCst);
    }

    fn is_over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }

    /// Waits until there is some.
    async fn wait(&self) {
        while !self.is_over() && self.book.len() >= self.most.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

async fn write_on(person: &Person, paper: &Paper, dice: &Dice) -> Outcome {
    let mut tickets = vec![person.open("the printer").await?];
    let mut n = 0;
    while !paper.is_over() {
        n += 1;
        let ticket = tickets[dice.one_of(tickets.len())].clone();
        match dice.below(12) {
            0 => tickets.push(person.open(&format!("thing {n}")).await?),
            1 => person.cancel(&ticket).await?,
            _ => {
                person
                    .reply(&ticket, &format!("reply {n} of {}", person.number))
                    .await?
            }
        }
        tokio::time::sleep(Duration::from_millis(100 + dice.below(400))).await;
        paper.wait().await;
    }
    Ok(())
}
