//! How often something may be done (promise S6): the limited actions, their figures, and whose allowance each is.

mod in_memory;

use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

use app::error::AppError;

pub use in_memory::InMemory;

use crate::store::customers::CustomerId;

/// Keeps allowances. [`InMemory`] does for one process. Several could share them behind this: `take` does not wait, since the answer to
/// a sign-in must not, so that such a one answers from what it knows and settles with the others afterwards.
pub trait Limits: Send + Sync {
    /// Takes one from an allowance, or says how long it is empty.
    fn take(&self, action: LimitedAction, who: Who) -> Result<(), Wait>;

    /// Forgets allowances that are full again.
    fn tidy(&self);
}

/// What is limited. A new one makes the compiler ask for its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitedAction {
    /// Asking for mail to one address.
    MailToAddress,
    /// Asking for mails from one client.
    MailFromClient,
    /// Sending sign-in mails at all.
    MailInAll,
    /// Looking addresses up at all.
    LookUpInAll,
    /// Typing codes and opening links from one client.
    RedeemFromClient,
    /// Opening tickets, of one customer.
    OpenTicket,
    /// Replying, cancelling and trying again, of one customer.
    WriteToTicket,
    /// Having a ticket read again from Chatwoot, which takes two calls, of one customer.
    ReadAgain,
    /// Keeping what is being written, of one customer.
    KeepDraft,
    /// Sending files, of one customer.
    Upload,
    /// Mailing answers at all.
    AnswerMailInAll,
    /// Switching mails off and on by a mail's link, from one client.
    SwitchFromClient,
    /// Being seen typing, of one customer.
    Type,
    /// Being called otherwise, of one customer: each is a call to Chatwoot.
    Rename,
}

/// The figures that the operator chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// New tickets of one customer an hour, and at once.
    pub tickets_per_hour: u32,
    /// Replies of one customer an hour, and at once.
    pub replies_per_hour: u32,
    /// Times a minute, and at once, that one customer's opening of tickets has them read again.
    pub reads_per_minute: u32,
    /// Mails about answers a minute, of all customers.
    pub answer_mails_per_minute: u32,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            tickets_per_hour: 20,
            replies_per_hour: 120,
            reads_per_minute: 60,
            answer_mails_per_minute: 60,
        }
    }
}

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);

impl LimitedAction {
    const ALL: [Self; 14] = [
        Self::MailToAddress,
        Self::MailFromClient,
        Self::MailInAll,
        Self::LookUpInAll,
        Self::RedeemFromClient,
        Self::OpenTicket,
        Self::WriteToTicket,
        Self::ReadAgain,
        Self::KeepDraft,
        Self::Upload,
        Self::AnswerMailInAll,
        Self::SwitchFromClient,
        Self::Type,
        Self::Rename,
    ];

    /// How many at once, and one more after how long.
    fn figures(self, rates: Rates) -> (u32, Duration) {
        let evenly = |count: u32, time: Duration| (count.max(1), time / count.max(1));
        match self {
            Self::MailToAddress => (3, HOUR),
            Self::MailFromClient => (5, MINUTE),
            Self::MailInAll => evenly(60, MINUTE),
            Self::LookUpInAll => (300, Duration::from_millis(200)),
            Self::RedeemFromClient => (30, Duration::from_secs(2)),
            Self::OpenTicket => evenly(rates.tickets_per_hour, HOUR),
            Self::WriteToTicket => evenly(rates.replies_per_hour, HOUR),
            Self::ReadAgain => evenly(rates.reads_per_minute, MINUTE),
            Self::KeepDraft => (120, Duration::from_millis(500)),
            Self::Upload => (120, Duration::from_secs(5)),
            Self::AnswerMailInAll => (10, MINUTE / rates.answer_mails_per_minute.max(1)),
            // Mail providers press for all their customers from few addresses.
            Self::SwitchFromClient => (60, Duration::from_secs(1)),
            Self::Type => evenly(20, MINUTE),
            Self::Rename => evenly(20, HOUR),
        }
    }
}

/// Whose allowance it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// Everybody's together.
    All,
    /// One client's.
    Client(ClientNet),
    /// One customer's, from wherever he comes.
    Customer(CustomerId),
    /// That of something named by a hash, such as an address.
    Named([u8; 16]),
}

/// The network that counts as one client: an IPv4 address, or the first 64 bits of an IPv6 address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientNet(IpAddr);

impl From<IpAddr> for ClientNet {
    fn from(ip: IpAddr) -> Self {
        match ip.to_canonical() {
            IpAddr::V4(ip) => Self(IpAddr::V4(ip)),
            IpAddr::V6(ip) => {
                let prefix = u128::from(ip) >> 64 << 64;
                Self(IpAddr::V6(Ipv6Addr::from(prefix)))
            }
        }
    }
}

/// Seconds until the next try can succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait(pub u32);

impl From<Wait> for AppError {
    fn from(Wait(wait_seconds): Wait) -> Self {
        Self::TooMany { wait_seconds }
    }
}

#[cfg(test)]
mod tests;
