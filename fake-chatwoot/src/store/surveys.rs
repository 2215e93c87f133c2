//! Answers to surveys. A value outside 1 to 5 is kept in the message and nowhere else, as was seen.

use serde_json::{Value, json};

use crate::ids::{DisplayId, MessageId};
use crate::refusal::Refusal;
use crate::store::Data;
use crate::store::events::Event;
use crate::store::rows::{Message, Survey};

const FOURTEEN_DAYS: i64 = 14 * 86_400_000_000;

impl Data {
    /// The survey message of a conversation.
    pub(crate) fn survey_of(&self, conversation: DisplayId) -> Option<&Message> {
        let row = self.conversations.get(&conversation)?;
        self.messages_of(row)
            .into_iter()
            .rev()
            .find(|message| message.content_type == "input_csat")
    }

    /// Keeps what the customer submitted in the message; the rating comes with [`Data::settle_survey`].
    pub(crate) fn submit(&mut self, id: MessageId, values: Value) -> Result<(), Refusal> {
        let now = self.now();
        let message = self.messages.get_mut(&id).ok_or(Refusal::NotFound)?;
        if message.content_type == "input_csat" && now.0 - message.created_at.0 > FOURTEEN_DAYS {
            return Err(Refusal::Unprocessable(
                "You cannot update the CSAT survey after 14 days".to_owned(),
            ));
        }
        message
            .content_attributes
            .insert("submitted_values".to_owned(), values);
        message.updated_at = now;
        Ok(())
    }

    /// The background job: makes or changes the rating from what was submitted.
    pub(crate) fn settle_survey(&mut self, id: MessageId) {
        let now = self.now();
        let Some(message) = self.messages.get(&id) else {
            return;
        };
        let conversation = message.conversation;
        let answer = message
            .content_attributes
            .get("submitted_values")
            .and_then(|values| values.get("csat_survey_response"))
            .cloned()
            .unwrap_or(Value::Null);
        let rating = match answer.get("rating") {
            Some(Value::Number(number)) => number.as_i64(),
            Some(Value::String(text)) => text.parse().ok(),
            _ => None,
        };
        let feedback = answer
            .get("feedback_message")
            .cloned()
            .unwrap_or(Value::Null);
        match rating {
            Some(rating) if (1..=5).contains(&rating) => {
                let assignee = self
                    .conversations
                    .get(&conversation)
                    .and_then(|row| row.assignee);
                if let Some(known) = self.surveys.iter_mut().find(|survey| survey.message == id) {
                    (known.rating, known.feedback, known.updated_at) = (rating, feedback, now);
                } else {
                    let survey_id = self.next_row();
                    let survey = Survey {
                        id: survey_id,
                        message: id,
                        conversation,
                        rating,
                        feedback,
                        assignee,
                        created_at: now,
                        updated_at: now,
                    };
                    self.surveys.push(survey);
                }
                self.emit(Event::MessageUpdated(id));
            }
            // The real one's job raises then, and nobody is told.
            Some(_) => {}
            None => self.emit(Event::MessageUpdated(id)),
        }
    }

    /// The answers that tests ask for, as plain JSON.
    pub(crate) fn survey_answers(&self) -> Vec<Value> {
        self.surveys
            .iter()
            .map(|row| json!({ "conversation": row.conversation, "rating": row.rating, "feedback": row.feedback }))
            .collect()
    }
}
