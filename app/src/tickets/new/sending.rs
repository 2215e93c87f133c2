//! A new ticket on its way. One that found nobody goes by itself once there is a network again, whether or not its form is still shown, and
//! from the next page if this one goes before.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{clock, connection, timer};
use crate::error::{AppError, words};
use crate::language::spoken::say;
use crate::tickets::api::open_ticket;
use crate::tickets::cache::{Tickets, Wanted};
use crate::tickets::draft::Draft;
use crate::tickets::drafts::Written;
use crate::tickets::model::{NewTicket, TicketId};
use crate::tickets::pending::found_nobody;

/// Milliseconds between two looks whether there is a network: at first, and where there is one and nobody behind it, in the end.
const SOON: i32 = 1_000;
const LATE: i32 = 15_000;

/// Opens the ticket, if need be later; `rest` is called when the first try is over. None when it was changed meanwhile, and is to be sent
/// anew.
pub(super) async fn send_now_or_later(
    tickets: Tickets,
    form: &Written,
    rest: impl FnOnce(),
) -> Option<Result<TicketId, AppError>> {
    let session = form.session;
    let whose = session.address();
    let turn = form.next_turn();
    // Each try is the same act. What waits already may have arrived under its key, whatever key the form has by now.
    let now = form.draft.get_untracked();
    let waiting = form.late.get_untracked();
    let sent = waiting.filter(|late| late.same_as(&now)).unwrap_or(now);
    let (mut answer, mut held) = post(tickets, form, &sent).await;
    rest();
    let mut pause = SOON;
    if matches!(&answer, Err(error) if found_nobody(error)) {
        tickets.announcer.say(say("message-offline", vec![]));
    }
    if matches!(&answer, Err(error) if goes_later(error)) {
        form.wait(Some(sent.clone()));
    }
    while matches!(&answer, Err(error) if goes_later(error)) {
        loop {
            timer::sleep(pause).await;
            if form.turn() != turn {
                // It was sent anew.
                return None;
            }
            if !holds(form, &sent) || session.address() != whose {
                form.wait(None);
                return None;
            }
            if connection::reachable().get_untracked() && session.is_running_now() {
                break;
            }
        }
        pause = (pause * 2).min(LATE);
        (answer, held) = post(tickets, form, &sent).await;
    }
    if form.turn() == turn {
        form.wait(None);
    }
    held.then_some(answer)
}

/// The same where no form waits for the answer.
pub fn send_unseen(tickets: Tickets, form: Written) {
    spawn_local(async move {
        if let Some(Err(error)) = send_now_or_later(tickets, &form, || {}).await {
            tickets.announcer.notify(words::error(&error));
        }
    });
}

/// It waits for a connection or a session.
fn goes_later(error: &AppError) -> bool {
    found_nobody(error) || *error == AppError::SignedOut
}

/// Whether the form still holds what was sent, or nothing, since the server has said that it has it.
fn holds(form: &Written, sent: &Draft) -> bool {
    form.draft
        .with_untracked(|now| now.same_as(sent) || (now.key != sent.key && now.is_blank()))
}

/// Opens the ticket, and says so. What was changed meanwhile stays, for another one: false.
async fn post(
    tickets: Tickets,
    form: &Written,
    sent: &Draft,
) -> (Result<TicketId, AppError>, bool) {
    let new = NewTicket {
        key: sent.key.clone(),
        subject: sent.subject.trim().to_owned(),
        message: sent.text.trim().to_owned(),
        files: sent.files.iter().map(|it| it.id.clone()).collect(),
        priority: sent.priority,
    };
    let answer = form.session.watch(open_ticket(new)).await;
    let held = holds(form, sent);
    let same_key = form.draft.with_untracked(|draft| draft.key == sent.key);
    match &answer {
        Ok(_) if held && same_key => form.sent(),
        // The server may keep it under its other key.
        Ok(_) if held => form.write(|draft| *draft = Draft::empty(clock::new_key())),
        Ok(_) | Err(AppError::KeyReused) if same_key => {
            form.write(|draft| draft.key = clock::new_key());
        }
        _ => {}
    }
    if answer.is_ok() {
        tickets.refresh_list(Wanted::InBackground);
        tickets.announcer.notify(say("new-done", vec![]));
    }
    (answer, held)
}
