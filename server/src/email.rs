//! Mail: what is written, in the customer's language, and the way it goes.

pub mod answer;
pub mod colour;
pub mod letter;
mod nodes;
pub mod post;
pub mod reply;
pub mod sign_in;
pub mod words;
