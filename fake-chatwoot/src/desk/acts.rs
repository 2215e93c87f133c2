//! What one does at the desk.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;

use crate::ids::{DisplayId, MessageId, UserId};
use crate::inside::Shared;
use crate::moment::Moment;
use crate::store::events::Event;
use crate::store::messages::{Actor, NewMessage};
use crate::store::rows::{MessageType, Sender, Status};
use crate::weather::Weather;
use crate::{carriage::Carriage, deliver};

const FOUR_HOURS: i64 = 4 * 3_600_000_000;

#[derive(Debug, Deserialize)]
pub(super) struct Written {
    agent: i64,
    text: String,
    private: bool,
}

/// An answer or a private note.
pub(super) async fn write(
    State(fake): State<Shared>,
    Path(id): Path<i64>,
    Json(written): Json<Written>,
) -> StatusCode {
    let (id, agent) = (DisplayId(id), UserId(written.agent));
    let mut data = fake.data();
    if !data.users.contains_key(&agent) || written.text.trim().is_empty() {
        return StatusCode::UNPROCESSABLE_ENTITY;
    }
    let mut message = NewMessage::text(
        MessageType::Outgoing,
        Some(Sender::User(agent)),
        &written.text,
    );
    message.private = written.private;
    match data.create_message(id, message, Actor::User(agent)) {
        Ok(made) => {
            data.mail_is_out(made);
            StatusCode::NO_CONTENT
        }
        Err(_) => StatusCode::NOT_FOUND,
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct NewStatus {
    agent: i64,
    status: String,
}

/// Resolved, open, pending, or snoozed for four hours.
pub(super) async fn set_status(
    State(fake): State<Shared>,
    Path(id): Path<i64>,
    Json(asked): Json<NewStatus>,
) -> StatusCode {
    let Some(status) = Status::parse(&asked.status) else {
        return StatusCode::UNPROCESSABLE_ENTITY;
    };
    let mut data = fake.data();
    let until = (status == Status::Snoozed).then(|| Moment(data.time().0 + FOUR_HOURS));
    data.set_status(
        DisplayId(id),
        status,
        until,
        Actor::User(UserId(asked.agent)),
    );
    StatusCode::NO_CONTENT
}

#[derive(Debug, Deserialize)]
pub(super) struct Doomed {
    message: i64,
}

/// Deletes a message, as agents delete.
pub(super) async fn delete(
    State(fake): State<Shared>,
    Path(id): Path<i64>,
    Json(doomed): Json<Doomed>,
) -> StatusCode {
    match fake
        .data()
        .delete_message(DisplayId(id), MessageId(doomed.message))
    {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::NOT_FOUND,
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Typed {
    agent: i64,
    on: bool,
    private: bool,
}

/// The agent types, or has stopped.
pub(super) async fn typing(
    State(fake): State<Shared>,
    Path(id): Path<i64>,
    Json(typed): Json<Typed>,
) -> StatusCode {
    let by = Sender::User(UserId(typed.agent));
    let event = Event::Typing {
        on: typed.on,
        conversation: DisplayId(id),
        by,
        private: typed.private,
    };
    fake.data().emit(event);
    StatusCode::NO_CONTENT
}

#[derive(Debug, Deserialize)]
pub(super) struct NewWeather {
    weather: String,
}

/// Makes the weather.
pub(super) async fn set_weather(
    State(fake): State<Shared>,
    Json(asked): Json<NewWeather>,
) -> StatusCode {
    match Weather::parse(&asked.weather) {
        Some(weather) => {
            fake.set_weather(weather);
            StatusCode::NO_CONTENT
        }
        None => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct NewCarriage {
    carriage: String,
}

/// Says how webhooks are carried from now on. Those that were held have arrived when this is answered.
pub(super) async fn set_carriage(
    State(fake): State<Shared>,
    Json(asked): Json<NewCarriage>,
) -> StatusCode {
    let Some(carriage) = Carriage::parse(&asked.carriage) else {
        return StatusCode::UNPROCESSABLE_ENTITY;
    };
    deliver::set_carriage(fake, carriage).await;
    StatusCode::NO_CONTENT
}

#[derive(Debug, Deserialize)]
pub(super) struct Step {
    minutes: i64,
}

/// Moves the clock ahead, if whoever started the fake lets it.
pub(super) async fn move_clock(State(fake): State<Shared>, Json(step): Json<Step>) -> StatusCode {
    match &fake.options.move_clock {
        Some(by) if (1..=527_040).contains(&step.minutes) => {
            by(step.minutes * 60_000);
            StatusCode::NO_CONTENT
        }
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}
