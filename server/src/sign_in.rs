//! Signing in: somebody asks for a mail, the answer leaves at once, and what follows is the same queue for every address.

pub mod address;
pub mod ask;
pub mod device;
pub mod known;
pub mod mailer;
pub mod redeem;
pub mod token;
