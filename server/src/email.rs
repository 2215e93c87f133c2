//! Mail: what is written, in the customer's language, and the way it goes.

pub mod colour;
pub mod letter;
pub mod post;
pub mod sign_in;
