//! Where a reply is written: grows with the text and keeps a draft.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;

use super::attach::Ready;
use super::attached::{AddFiles, Attached, LIMITS, limits_in_words};
use super::cache::Tickets;
use super::draft::{Draft, length, sendable};
use super::drafts::Written;
use super::model::{ReplyRule, TicketId};
use super::preview::{PreviewButton, Previewed, previewed};
use super::toolbar::{Toolbar, format_by_key};
use super::typing;
use crate::browser::page;
use crate::error::{AppError, words};
use crate::language::spoken::say;
use crate::session::state::Session;
use crate::t;
use crate::ui::announcer::Announcer;
use crate::ui::button::Button;
use crate::ui::error_line::{ErrorLine, Fault};
use crate::ui::reactive::{OrNothing, effect, when};

/// The count is shown from so many characters before the limit.
const NEAR: u32 = 500;

/// What sends a text of several lines, as readers are told.
pub const SEND_KEYS: &str = "Control+Enter Meta+Enter";

/// Sends if this is one of them.
pub fn send_by_key(event: &KeyboardEvent, send: impl FnOnce()) {
    if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
        event.prevent_default();
        send();
    }
}

/// Says that one answers by e-mail, and begins that mail where its address is known. What was being written stays to be copied.
fn by_email(mailto: String, id: &TicketId) -> AnyView {
    let drafts = Tickets::here().outbox.drafts;
    let written = drafts.open(Session::here(), Some(id)).draft;
    let kept = move || {
        let text = written.with(|draft| draft.text.clone());
        when(!text.trim().is_empty(), || {
            view! { <textarea class="input" rows="3" dir="auto" readonly aria-label=t!("reply-label") prop:value=text.clone()></textarea> }
                .into_any()
        })
    };
    let link = (!mailto.is_empty()).then(|| {
        view! {
            <a class="button" data-kind="primary" href=mailto>
                <span>{t!("reply-write-email")}</span>
            </a>
        }
        .into_any()
    });
    view! {
        <p class="composer-note">{t!("reply-by-email")}</p>
        {kept}
        {link.or_nothing()}
    }
    .into_any()
}

/// Where a reply is written, or the way to write it elsewhere.
pub fn reply_form(id: TicketId) -> AnyView {
    let rule = Tickets::here()
        .opened(&id)
        .view
        .with_untracked(|view| view.as_ref().map(|view| view.reply.clone()));
    match rule {
        Some(ReplyRule::ByEmail(mailto)) => by_email(mailto, &id),
        _ => view! { <ReplyForm id=id/> }.into_any(),
    }
}

#[component]
fn ReplyForm(id: TicketId) -> impl IntoView {
    let session = Session::here();
    let tickets = Tickets::here();
    let view = RwSignal::from(tickets.opened(&id).view);
    let by_mail = Memo::new(move |_| {
        view.with(|view| {
            view.as_ref()
                .is_some_and(|view| matches!(view.reply, ReplyRule::Mail(_)))
        })
    });
    let limit = session.config.with_value(|config| config.message_limit);
    let written = tickets.outbox.drafts.open(session, Some(&id));
    // The thread may have come before the composer.
    view.with_untracked(|view| {
        if let Some(view) = view {
            tickets.outbox.confirm(session, &view.entries);
        }
    });
    let draft = RwSignal::from(written.draft.clone());
    let text = Signal::derive(move || draft.with(|draft| draft.text.clone()));
    let fault = RwSignal::new(None::<Fault>);
    let waiting = RwSignal::from(written.waiting.clone());
    let shown = Previewed::new(None);
    let area = NodeRef::<html::Textarea>::new();

    effect({
        let written = written.clone();
        move || written.by_mail.set(by_mail.get())
    });
    // What the server would not take comes back to where it was written.
    let this = id.clone();
    let typist = id.clone();
    effect({
        move || {
            let mine = tickets
                .outbox
                .returned
                .with(|returned| returned.as_ref().is_some_and(|one| one.ticket == this));
            if mine && let Some(back) = tickets.outbox.returned.get_untracked() {
                fault.set(back.error.map(Fault::from));
                tickets.outbox.returned.set(None);
                if let Some(area) = area.get_untracked() {
                    page::focus(&area);
                }
            }
        }
    });
    let place = id.clone();
    written.shown(move |written| _ = post(tickets, session, &place, written));
    let send = {
        let written = written.clone();
        move || {
            match written.attaching.ready_now() {
                Ready::Yes => {}
                Ready::NotYet => return waiting.update(|waits| *waits = !*waits),
                Ready::No => return,
            }
            let typed = text.with_untracked(|text| length(text));
            if post(tickets, session, &id, &written) {
                fault.set(None);
                shown.set(None);
                typing::sent();
            } else if typed > limit {
                fault.set(Some(over_limit(limit, typed).into()));
            }
            if let Some(area) = area.get_untracked() {
                page::focus(&area);
            }
        }
    };
    let on_key = {
        let send = send.clone();
        move |event: KeyboardEvent| {
            format_by_key(&event, area);
            send_by_key(&event, &send);
        }
    };
    let (place, clip, files) = (written.clone(), written.clone(), written.clone());
    let limited = written.clone();
    on_cleanup(typing::rest);
    let count = Memo::new(move |_| text.with(|text| length(text)));
    let is_over = Memo::new(move |_| count.get() > limit);
    say_near_limit(limit, count);
    let coming = written.attaching.files.clone();
    let has_files = Memo::new(move |_| {
        draft.with(|draft| !draft.files.is_empty()) || coming.with(|coming| !coming.is_empty())
    });
    let can_send = Memo::new(move |_| {
        let count = count.get();
        (count > 0 || has_files.get()) && count <= limit
    });
    let label = Signal::derive(move || match waiting.get() {
        true => say("sending", vec![]),
        false => say("reply-send", vec![]),
    });
    let send_when_ready = Callback::new({
        let send = send.clone();
        move |()| send()
    });

    view! {
        <form
            class="composer-form"
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                send();
            }
        >
            <Attached written=files send=send_when_ready/>
            <div class="composer-box" on:mousedown=page::keep_focus>
                {previewed(shown)}
                <div class="grow" data-text=text hidden=move || shown.with(Option::is_some)>
                    <textarea
                        id="reply"
                        rows="1"
                        dir="auto"
                        aria-label=t!("reply-label")
                        aria-describedby="reply-note reply-count"
                        aria-keyshortcuts=SEND_KEYS
                        placeholder=t!("reply-placeholder")
                        node_ref=area
                        prop:value=text
                        on:input=move |event| {
                            fault.set(None);
                            let text = event_target_value(&event);
                            typing::typed(&typist, text.trim().is_empty());
                            written.write(|draft| draft.text = text);
                        }
                        on:keydown=on_key
                    ></textarea>
                </div>
                <AddFiles written=clip/>
                <Button
                    kind="primary"
                    label=label
                    busy=Signal::derive(move || !can_send.get())
                />
            </div>
            <ErrorLine fault=fault/>
            <p class="composer-foot">
                <span class="tools">
                    <Toolbar area=area off=Signal::derive(move || shown.with(Option::is_some))/>
                    <PreviewButton text=text shown=shown fault=fault/>
                </span>
                <span class="composer-keys">{t!("reply-send-keys")}</span>
                <span id=LIMITS class="file-limits">{move || limits_in_words(&limited)}</span>
                <span>{move || is_over.get().then(String::new).unwrap_or_else(|| place.place_in_words())}</span>
            </p>
            <p id="reply-count" class="composer-count" data-state=move || is_over.get().then_some("over")>
                {move || {
                    // Said once: who tried to send it is told by the line above.
                    match is_over.get() && fault.with(Option::is_some) {
                        true => String::new(),
                        false => words_for_count(limit, count.get()),
                    }
                }}
            </p>
        </form>
    }
    .into_any()
}

/// Readers are told how many characters are left when few are, when hardly any are, and when there are too many; not at each key.
fn say_near_limit(limit: u32, count: Memo<u32>) {
    let announcer = Announcer::here();
    let how_near = Memo::new(move |_| {
        let count = count.get();
        [
            count + NEAR > limit,
            count + NEAR / 10 > limit,
            count > limit,
        ]
        .into_iter()
        .filter(|is_so| *is_so)
        .count()
    });
    let mut before = how_near.get_untracked();
    effect(move || {
        let now = how_near.get();
        if std::mem::replace(&mut before, now) < now {
            announcer.say(words_for_count(limit, count.get_untracked()));
        }
    });
}

fn words_for_count(limit: u32, count: u32) -> String {
    if count > limit {
        words::error(&over_limit(limit, count))
    } else if count + NEAR > limit {
        say("characters-left", vec![("left", (limit - count).into())])
    } else {
        String::new()
    }
}

/// Puts it on its way. False if as it is it cannot be sent.
fn post(tickets: Tickets, session: Session, id: &TicketId, written: &Written) -> bool {
    let limit = session.config.with_value(|config| config.message_limit);
    let Draft {
        key, text, files, ..
    } = written.draft.get_untracked();
    let Some(text) = sendable(&text, limit, !files.is_empty()) else {
        return false;
    };
    // First, so that nothing takes it for a draft any more.
    written.sent();
    let text = text.to_owned();
    tickets
        .outbox
        .send(tickets, session, id.clone(), key, text, files);
    true
}

fn over_limit(limit: u32, actual: u32) -> AppError {
    use crate::error::{Field, Problem};
    AppError::field(Field::Message, Problem::TooLong { limit, actual })
}
