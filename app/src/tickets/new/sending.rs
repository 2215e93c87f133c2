//! A new ticket on its way. One that found nobody goes by itself once there is a network again, whether or not its form is still shown.

use leptos::prelude::*;

use crate::browser::{clock, connection, timer};
use crate::error::AppError;
use crate::language::spoken::say;
use crate::session::state::Session;
use crate::tickets::api::open_ticket;
use crate::tickets::cache::{Tickets, Wanted};
use crate::tickets::draft::Draft;
use crate::tickets::drafts::Written;
use crate::tickets::model::{NewTicket, TicketId};
use crate::tickets::pending::found_nobody;
use crate::ui::announcer::Announcer;

/// Milliseconds between two looks whether there is a network: at first, and where there is one and nobody behind it, in the end.
const SOON: i32 = 1_000;
const LATE: i32 = 15_000;

/// Opens the ticket, if need be later; `rest` is called when the first try is over. None when it was changed while it waited, and is to be
/// sent anew.
pub(super) async fn send_now_or_later(
    session: Session,
    tickets: Tickets,
    announcer: Announcer,
    form: &Written,
    rest: impl FnOnce(),
) -> Option<Result<TicketId, AppError>> {
    form.late.set(None);
    let whose = session.address();
    let mut answer = post(session, tickets, announcer, form).await;
    rest();
    let mut pause = SOON;
    if matches!(&answer, Err(error) if found_nobody(error)) {
        announcer.say(say("message-offline", vec![]));
    }
    while matches!(&answer, Err(error) if found_nobody(error)) {
        let waits = Some(form.draft.get_untracked());
        form.late.set(waits.clone());
        loop {
            timer::sleep(pause).await;
            let is_same = form.late.with_untracked(|late| *late == waits)
                && waits == Some(form.draft.get_untracked());
            if !is_same || session.address() != whose {
                // Unless it was sent anew, and waits again.
                if form.late.with_untracked(|late| *late == waits) {
                    form.late.set(None);
                }
                return None;
            }
            if connection::reachable().get_untracked() && session.is_running_now() {
                break;
            }
        }
        pause = (pause * 2).min(LATE);
        answer = post(session, tickets, announcer, form).await;
    }
    form.late.set(None);
    Some(answer)
}

/// Opens the ticket, and says so. What was added meanwhile stays, for another one.
async fn post(
    session: Session,
    tickets: Tickets,
    announcer: Announcer,
    form: &Written,
) -> Result<TicketId, AppError> {
    let sent = form.draft.get_untracked();
    let new = NewTicket {
        key: sent.key.clone(),
        subject: sent.subject.trim().to_owned(),
        message: sent.text.trim().to_owned(),
        files: sent.files.iter().map(|it| it.id.clone()).collect(),
        priority: sent.priority,
    };
    let answer = session.watch(open_ticket(new)).await;
    let now = form.draft.get_untracked();
    let same = sent
        == Draft {
            key: sent.key.clone(),
            ..now
        };
    match &answer {
        Ok(_) if same => form.sent(),
        Ok(_) | Err(AppError::KeyReused) => form.write(|draft| draft.key = clock::new_key()),
        Err(_) => {}
    }
    if answer.is_ok() {
        tickets.refresh_list(Wanted::InBackground);
        announcer.notify(say("new-done", vec![]));
    }
    answer
}
