//! Where one answers: always in reach, and says beforehand what writing would do.

use leptos::prelude::*;

use super::cache::Opened;
use super::model::{ReplyRule, Status, TicketId};
use super::typing::TypingLine;
use crate::part::Part;
use crate::part::load::Shows;
use crate::paths;
use crate::t;
use crate::ui::button::LinkButton;
use crate::ui::reactive::OrNothing;

/// The composer, or what stands in its place.
#[component]
pub fn Composer(
    /// Which ticket.
    id: TicketId,
    /// What is known of it.
    opened: Opened,
) -> impl IntoView {
    let who = (id.clone(), opened.clone());
    let view = RwSignal::from(opened.view);
    let rule = Memo::new(move |_| {
        view.with(|view| {
            view.as_ref()
                .map_or(ReplyRule::Post, |view| view.reply.clone())
        })
    });
    let status = Memo::new(move |_| view.with(|view| view.as_ref().map(|view| view.row.status)));
    // Where nothing can be written here, the rule says what else there is to do.
    let instead = Memo::new(move |_| {
        Some(rule.get()).filter(|it| matches!(it, ReplyRule::NewTicket | ReplyRule::ByEmail(_)))
    });
    let said_before = move || match (rule.get(), status.get()) {
        (ReplyRule::Mail(false), _) => Some(t!("reply-mail")),
        (ReplyRule::Mail(true), _) => Some(t!("reply-mail-reopens")),
        (ReplyRule::Reopens, Some(Status::Cancelled)) => Some(t!("reply-reopens-cancelled")),
        (ReplyRule::Reopens, _) => Some(t!("reply-reopens")),
        (ReplyRule::Post | ReplyRule::NewTicket | ReplyRule::ByEmail(_), _) => None,
    };
    view! {
        <footer class="composer">
            <TypingLine id=who.0 opened=who.1/>
            {move || {
                said_before()
                    .map(|words| view! { <p class="composer-note" id="reply-note">{words}</p> }.into_any())
                    .or_nothing()
            }}
            {move || {
                let id = id.clone();
                match instead.get() {
                    Some(ReplyRule::NewTicket) => {
                        let to = format!("{}?about={id}", paths::NEW_TICKET);
                        view! {
                            <p class="composer-note">{t!("reply-closed")}</p>
                            <LinkButton kind="primary" to=to label=t!("reply-new-ticket")/>
                        }
                            .into_any()
                    }
                    _ => Part::Desk.view(Shows::Reply(id)),
                }
            }}
        </footer>
    }
    .into_any()
}
