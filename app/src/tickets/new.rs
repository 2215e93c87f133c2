//! The form for a new ticket. What is written is kept as it is typed; sent twice it is one ticket.

mod faults;
mod sending;

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;

use super::attach::Ready;
use super::attached::{AddFiles, Attached, LIMITS, limits_in_words};
use super::cache::Tickets;
use super::draft::{Draft, give_back};
use super::drafts::Written;
use super::model::TicketId;
use super::preview::{PreviewButton, Previewed, previewed};
use super::reply::{SEND_KEYS, send_by_key};
use super::similar::Similar;
use super::toolbar::{Toolbar, format_by_key};
use super::urgency;
use crate::browser::navigation::go_instead;
use crate::browser::{clock, page};
use crate::error::{AppError, Field, FieldError, words};
use crate::language::spoken::say;
use crate::paths;
use crate::screen::Screen;
use crate::session::state::Session;
use crate::t;
use crate::ui::announcer::Announcer;
use crate::ui::button::{BackLink, Button};
use crate::ui::error_line::{ErrorLine, Fault};
use crate::ui::field::{FieldBox, described_by};
use crate::ui::reactive::when;
use faults::{check, summary_line};
use sending::send_now_or_later;
pub use sending::send_unseen;

/// The form.
#[component]
pub fn NewTicketForm() -> impl IntoView {
    let session = Session::here();
    let tickets = Tickets::here();
    let announcer = Announcer::here();
    let (subject_limit, message_limit) = session
        .config
        .with_value(|config| (config.subject_limit, config.message_limit));
    let heading = NodeRef::<html::H1>::new();
    announcer.heading(heading, |screen| *screen == Screen::NewTicket);

    let written = begin(session, tickets);
    let draft = RwSignal::from(written.draft.clone());
    let faults = RwSignal::new(Vec::<FieldError>::new());
    let fault = RwSignal::new(None::<Fault>);
    let busy = RwSignal::new(false);
    let is_shown = StoredValue::new(());
    let waiting = RwSignal::from(written.waiting.clone());
    let shown = Previewed::new(None);
    let text = Signal::derive(move || draft.with(|draft| draft.text.clone()));
    let subject = NodeRef::<html::Input>::new();
    let message = NodeRef::<html::Textarea>::new();
    let summary = NodeRef::<html::Div>::new();

    let refuse = move |found: Vec<FieldError>| {
        shown.set(None);
        faults.set(found);
        request_animation_frame(move || {
            if let Some(summary) = summary.try_get_untracked().flatten() {
                page::focus(&summary);
                summary.scroll_into_view();
            }
        });
    };
    let send = {
        let form = written.clone();
        move || {
            if busy.get_untracked() {
                return;
            }
            match form.attaching.ready_now() {
                Ready::Yes => {}
                Ready::NotYet => return waiting.update(|waits| *waits = !*waits),
                Ready::No => return,
            }
            let filled = draft.get_untracked();
            let found = check(&filled, subject_limit, message_limit);
            fault.set(None);
            if !found.is_empty() {
                return refuse(found);
            }
            faults.set(Vec::new());
            busy.set(true);
            let form = form.clone();
            spawn_local(async move {
                let rest = || _ = busy.try_set(false);
                let answer = send_now_or_later(tickets, &form, rest).await;
                let is_shown = is_shown.try_get_value().is_some();
                match answer {
                    // Nobody is taken from where he has gone meanwhile.
                    Some(Ok(id)) if is_shown => go_instead(&paths::ticket(&id)),
                    Some(Err(AppError::Invalid(found))) if is_shown => refuse(found),
                    Some(Err(error)) if is_shown => fault.set(Some(error.into())),
                    Some(Err(error)) => announcer.notify(words::error(&error)),
                    _ => {}
                }
            });
        }
    };
    written.shown(move |form| {
        let filled = form.draft.get_untracked();
        if check(&filled, subject_limit, message_limit).is_empty() {
            send_unseen(tickets, form.clone());
        }
    });
    let late = RwSignal::from(written.late.clone());
    let is_late = Memo::new(move |_| {
        draft.with(|draft| late.with(|late| late.as_ref().is_some_and(|late| late.same_as(draft))))
    });
    let on_key = {
        let send = send.clone();
        move |event: KeyboardEvent| {
            format_by_key(&event, message);
            send_by_key(&event, &send);
        }
    };
    let typed = Memo::new(move |_| draft.with(|draft| draft.subject.clone()));
    let fault_of = move |field: Field| {
        Signal::derive(move || {
            faults.with(|faults| {
                faults
                    .iter()
                    .find(|fault| fault.field == field)
                    .map(words::field_error)
            })
        })
    };
    let (subject_fault, message_fault) = (fault_of(Field::Subject), fault_of(Field::Message));
    let clear = move |field: Field| {
        if faults.with_untracked(|faults| faults.iter().any(|fault| fault.field == field)) {
            faults.update(|faults| faults.retain(|fault| fault.field != field));
        }
    };
    let (form, place, asked) = (written.clone(), written.clone(), written.clone());
    let (files, clip, limited) = (written.clone(), written.clone(), written.clone());
    let send_when_ready = Callback::new({
        let send = send.clone();
        move |()| send()
    });
    let label = Signal::derive(move || match busy.get() || waiting.get() {
        true => say("sending", vec![]),
        false => say("new-send", vec![]),
    });

    view! {
        <article class="ticket">
            <header class="ticket-head">
                <BackLink to=Tickets::here().list_address() label=t!("tickets-title")/>
                <h1 tabindex="-1" node_ref=heading>
                    {t!("new-title")}
                </h1>
            </header>
            <div class="form-scroll">
                <form
                    class="new-ticket"
                    novalidate=true
                    on:submit=move |event: SubmitEvent| {
                        event.prevent_default();
                        send();
                    }
                >
                    {move || {
                        when(faults.with(|faults| !faults.is_empty()), || {
                                view! {
                                    <div class="summary" role="alert" tabindex="-1" node_ref=summary>
                                        <p>{t!("form-summary")}</p>
                                        <ul>
                                            {summary_line("subject", t!("subject-label"), subject_fault)}
                                            {summary_line("message", t!("message-label"), message_fault)}
                                        </ul>
                                    </div>
                                }
                                    .into_any()
                        })
                    }}
                    <FieldBox id="subject" label=t!("subject-label") hint=t!("subject-hint") fault=subject_fault>
                        <input
                            class="input"
                            id="subject"
                            name="subject"
                            type="text"
                            dir="auto"
                            autocomplete="off"
                            required=true
                            readonly=busy
                            node_ref=subject
                            aria-describedby=described_by("subject")
                            aria-invalid=move || subject_fault.with(|fault| fault.is_some().to_string())
                            prop:value=move || draft.with(|draft| draft.subject.clone())
                            on:input=move |event| {
                                clear(Field::Subject);
                                form.write(|draft| draft.subject = event_target_value(&event));
                            }
                        />
                    </FieldBox>
                    <Similar subject=typed/>
                    <FieldBox id="message" label=t!("message-label") hint=t!("message-hint") fault=message_fault>
                        {previewed(shown)}
                        <textarea
                            class="input"
                            id="message"
                            hidden=move || shown.with(Option::is_some)
                            name="message"
                            rows="8"
                            dir="auto"
                            required=true
                            readonly=busy
                            aria-keyshortcuts=SEND_KEYS
                            node_ref=message
                            aria-describedby=described_by("message")
                            aria-invalid=move || message_fault.with(|fault| fault.is_some().to_string())
                            prop:value=move || draft.with(|draft| draft.text.clone())
                            on:input=move |event| {
                                clear(Field::Message);
                                written.write(|draft| draft.text = event_target_value(&event));
                            }
                            on:keydown=on_key
                        ></textarea>
                    </FieldBox>
                    <div class="tools">
                        <Toolbar area=message off=Signal::derive(move || shown.with(Option::is_some))/>
                        <PreviewButton text=text shown=shown fault=fault/>
                    </div>
                    {urgency::choice(asked)}
                    <div class="field">
                        <Attached written=files send=send_when_ready/>
                        <AddFiles written=clip/>
                        <p id=LIMITS class="file-limits">{move || limits_in_words(&limited)}</p>
                    </div>
                    <ErrorLine fault=fault/>
                    <div class="form-actions">
                        <Button kind="primary" label=label busy=busy/>
                        <p class="composer-note">
                            {move || match faults.with(Vec::is_empty) {
                                true if is_late.get() => say("message-offline", vec![]),
                                true => place.place_in_words(),
                                false => String::new(),
                            }}
                        </p>
                        <p class="composer-keys">{t!("reply-send-keys")}</p>
                    </div>
                </form>
            </div>
        </article>
    }
    .into_any()
}

/// The form may be about a ticket that is closed for good: what was written there is the customer's to send here. Where nothing is
/// kept it begins with that ticket's subject.
fn begin(session: Session, tickets: Tickets) -> Written {
    let about = use_query_map()
        .with_untracked(|query| query.get("about"))
        .and_then(|id| TicketId::parse(&id));
    let left = about
        .as_ref()
        .map(|id| tickets.outbox.drafts.open(session, Some(id)))
        .filter(|left| !left.draft.with_untracked(Draft::is_blank));
    let written = tickets.outbox.drafts.open(session, None);
    let was_blank = written.draft.with_untracked(Draft::is_blank);
    if let Some(left) = left {
        let Draft {
            text, mut files, ..
        } = left.draft.get_untracked();
        written.write(|draft| {
            draft.text = give_back(&text, &draft.text);
            draft.files.append(&mut files);
        });
        left.write(|draft| *draft = Draft::empty(clock::new_key()));
    }
    let subject = about
        .filter(|_| was_blank)
        .and_then(|id| tickets.rows.item_now(id.as_str()))
        .map(|row| row.with_untracked(|row| row.subject.clone()))
        .filter(|subject| !subject.is_empty());
    if let Some(subject) = subject {
        // Fluent's isolating marks are for the screen, not for what is sent.
        let subject = say("new-about", vec![("subject", subject.into())])
            .replace(['\u{2068}', '\u{2069}'], "");
        // Not written by the customer, so that it is not kept yet, and goes when he does.
        written
            .draft
            .update(|draft| draft.subject.clone_from(&subject));
        let form = written.clone();
        on_cleanup(move || {
            let untouched = form.draft.with_untracked(|draft| {
                draft.subject == subject && draft.text.is_empty() && draft.files.is_empty()
            });
            if untouched {
                form.draft.update(|draft| draft.subject.clear());
            }
        });
    }
    written
}
