//! Every route of the fake, grouped as the real one's families are.

mod admit;
mod brand;
mod changes;
mod contacts;
mod conversations;
mod definitions;
mod fetching;
mod files;
mod finding;
mod inbound_mail;
mod messages;
mod opening;
mod public;
mod public_threads;
mod search;
mod settings;
mod start;
mod surveys;
mod webhooks;
mod widget;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::answer::Answer;
use crate::canaries::plant;
use crate::inside::Shared;
use crate::watch::watch;

/// The whole program, by path.
pub(crate) fn router(fake: &Shared) -> Router {
    let api = Router::new()
        .nest("/api/v1/accounts/{account}", account())
        .nest("/public/api/v1", public_api())
        .nest("/api/v1/widget", widget_api())
        .nest("/rails", rails())
        .route("/api", get(start::version))
        .route("/health", get(start::health))
        .route("/brand-assets/{name}", get(brand::asset))
        .route("/api/v1/profile", get(start::profile))
        .route("/cable", get(crate::cable::open))
        .route("/api/v1/accounts/{account}", get(start::account))
        .fallback(nothing_here)
        .method_not_allowed_fallback(nothing_here)
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(fake.clone(), fetching::fetch))
        .layer(from_fn_with_state(fake.clone(), watch))
        .layer(from_fn_with_state(fake.clone(), plant));
    let pages = match &fake.options.mailbox {
        Some(mailbox) => crate::desk::routes().merge(mailbox.routes()),
        None => crate::desk::routes(),
    };
    pages.merge(api).with_state(fake.clone())
}

fn account() -> Router<Shared> {
    Router::new()
        .route("/inboxes", get(settings::inboxes))
        .route(
            "/inboxes/{id}",
            get(settings::inbox).patch(settings::change_inbox),
        )
        .route("/inboxes/{id}/agent_bot", get(settings::agent_bot))
        .route("/agents", get(settings::agents))
        .route(
            "/labels",
            get(definitions::labels).post(definitions::define_label),
        )
        .route(
            "/custom_attribute_definitions",
            get(definitions::attributes).post(definitions::define_attribute),
        )
        .route("/webhooks", get(webhooks::list).post(webhooks::create))
        .route(
            "/webhooks/{id}",
            axum::routing::patch(webhooks::update)
                .put(webhooks::update)
                .delete(webhooks::delete),
        )
        .route("/contacts", post(contacts::create))
        .route("/contacts/filter", post(finding::filter))
        .route("/contacts/search", get(finding::search))
        .route(
            "/contacts/{id}",
            get(contacts::show)
                .patch(contacts::update)
                .put(contacts::update)
                .delete(contacts::delete),
        )
        .route("/contacts/{id}/conversations", get(contacts::conversations))
        .route("/contacts/{id}/contact_inboxes", post(contacts::attach))
        .route(
            "/contacts/{id}/contactable_inboxes",
            get(finding::contactable),
        )
        .route("/contact_inboxes/filter", post(finding::by_source))
        .route("/actions/contact_merge", post(contacts::merge))
        .route(
            "/conversations",
            get(conversations::list).post(opening::create),
        )
        .route("/conversations/filter", post(conversations::filter))
        .route(
            "/conversations/{id}",
            get(conversations::show)
                .patch(changes::update)
                .delete(changes::delete),
        )
        .route(
            "/conversations/{id}/toggle_status",
            post(changes::toggle_status),
        )
        .route(
            "/conversations/{id}/toggle_priority",
            post(changes::toggle_priority),
        )
        .route(
            "/conversations/{id}/labels",
            get(changes::labels).post(changes::set_labels),
        )
        .route(
            "/conversations/{id}/custom_attributes",
            post(changes::set_custom_attributes),
        )
        .route("/conversations/{id}/assignments", post(changes::assign))
        .route("/conversations/{id}/mute", post(changes::mute))
        .route("/conversations/{id}/unmute", post(changes::unmute))
        .route(
            "/conversations/{id}/update_last_seen",
            post(changes::agent_has_seen),
        )
        .route(
            "/conversations/{id}/toggle_typing_status",
            post(changes::typing),
        )
        .route(
            "/conversations/{id}/attachments",
            get(messages::attachments),
        )
        .route(
            "/conversations/{id}/messages",
            get(messages::list).post(messages::create),
        )
        .route(
            "/conversations/{id}/messages/{message}",
            axum::routing::patch(messages::update).delete(messages::delete),
        )
        .route("/search/messages", get(search::messages))
        .route("/search/conversations", get(search::conversations))
        .route("/upload", post(files::upload))
}

fn public_api() -> Router<Shared> {
    Router::new()
        .route(
            "/csat_survey/{uuid}",
            get(surveys::show)
                .put(surveys::answer)
                .patch(surveys::answer),
        )
        .route("/inboxes/{inbox}", get(public::inbox))
        .route("/inboxes/{inbox}/contacts", post(public::create_contact))
        .route(
            "/inboxes/{inbox}/contacts/{source}",
            get(public::contact).patch(public::update_contact),
        )
        .route(
            "/inboxes/{inbox}/contacts/{source}/conversations",
            get(public_threads::conversations).post(public_threads::create),
        )
        .route(
            "/inboxes/{inbox}/contacts/{source}/conversations/{id}",
            get(public_threads::conversation),
        )
        .route(
            "/inboxes/{inbox}/contacts/{source}/conversations/{id}/toggle_status",
            post(public_threads::resolve),
        )
        .route(
            "/inboxes/{inbox}/contacts/{source}/conversations/{id}/toggle_typing",
            post(public_threads::typing),
        )
        .route(
            "/inboxes/{inbox}/contacts/{source}/conversations/{id}/update_last_seen",
            post(public_threads::seen),
        )
        .route(
            "/inboxes/{inbox}/contacts/{source}/conversations/{id}/messages",
            get(public_threads::messages).post(public_threads::post_message),
        )
        .route(
            "/inboxes/{inbox}/contacts/{source}/conversations/{id}/messages/{message}",
            axum::routing::patch(public_threads::answer_message)
                .put(public_threads::answer_message),
        )
}

fn widget_api() -> Router<Shared> {
    Router::new()
        .route("/config", post(widget::config))
        .route(
            "/contact",
            get(widget::contact)
                .patch(widget::update_contact)
                .put(widget::update_contact),
        )
        .route("/contact/set_user", axum::routing::patch(widget::set_user))
        .route(
            "/conversations",
            get(widget::conversations).post(widget::create),
        )
        .route(
            "/messages",
            get(widget::messages).post(widget::post_message),
        )
        .route("/events", post(widget::event))
}

fn rails() -> Router<Shared> {
    Router::new()
        .route(
            "/active_storage/blobs/redirect/{signed}/{name}",
            get(files::redirect),
        )
        .route(
            "/active_storage/blobs/proxy/{signed}/{name}",
            get(files::proxy),
        )
        .route(
            "/active_storage/representations/redirect/{signed}/{variation}/{name}",
            get(files::thumbnail),
        )
        .route("/active_storage/disk/{signed}/{name}", get(files::disk))
        .route(
            "/action_mailbox/relay/inbound_emails",
            post(inbound_mail::relay),
        )
}

async fn nothing_here() -> Answer {
    Answer::rails(StatusCode::NOT_FOUND)
}
