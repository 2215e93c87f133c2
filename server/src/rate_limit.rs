//! How often something may be done (promise S6), on the portal's clock, with bounded memory.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::clock::Clock;

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
}

impl LimitedAction {
    const ALL: [Self; 5] = [
        Self::MailToAddress,
        Self::MailFromClient,
        Self::MailInAll,
        Self::LookUpInAll,
        Self::RedeemFromClient,
    ];

    /// How many at once, and one more after how long.
    fn figures(self) -> (u32, Duration) {
        match self {
            Self::MailToAddress => (3, Duration::from_secs(3600)),
            Self::MailFromClient => (5, Duration::from_secs(60)),
            Self::MailInAll => (60, Duration::from_secs(1)),
            Self::LookUpInAll => (300, Duration::from_millis(200)),
            Self::RedeemFromClient => (30, Duration::from_secs(2)),
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

type Limiter = RateLimiter<Who, DashMapStateStore<Who>, PortalClock, NoOpMiddleware<Nanos>>;

/// The allowances of one process.
pub struct Limits {
    clock: PortalClock,
    limiters: Vec<(LimitedAction, Limiter)>,
    most_keys: usize,
}

impl Limits {
    /// All allowances full. Of each action at most `most_keys` are remembered at a time.
    pub fn new(clock: Clock, most_keys: usize) -> Self {
        let clock = PortalClock(clock);
        let limiter = |action: LimitedAction| {
            let (burst, each) = action.figures();
            let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
            let quota = Quota::with_period(each)
                .unwrap_or_else(|| Quota::per_second(NonZeroU32::MIN))
                .allow_burst(burst);
            (
                action,
                RateLimiter::new(quota, DashMapStateStore::default(), clock.clone()),
            )
        };
        Self {
            limiters: LimitedAction::ALL.into_iter().map(limiter).collect(),
            clock,
            most_keys,
        }
    }

    /// Takes one from an allowance, or says how long it is empty.
    pub fn take(&self, action: LimitedAction, who: Who) -> Result<(), Wait> {
        let Some((_, limiter)) = self.limiters.iter().find(|(it, _)| *it == action) else {
            return Ok(());
        };
        if limiter.len() >= self.most_keys {
            // Full allowances need no memory. What is left then is an attack: newcomers wait.
            limiter.retain_recent();
            if limiter.len() >= self.most_keys {
                tracing::warn!(?action, "a limit's memory is full");
                return Err(Wait(60));
            }
        }
        limiter.check_key(&who).map_err(|not_until| {
            let wait = not_until.wait_time_from(self.clock.now());
            Wait(
                u32::try_from(wait.as_millis().div_ceil(1000))
                    .unwrap_or(u32::MAX)
                    .max(1),
            )
        })
    }

    /// Forgets allowances that are full again.
    pub fn tidy(&self) {
        for (_, limiter) in &self.limiters {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

#[derive(Clone, Debug)]
struct PortalClock(Clock);

impl governor::clock::Clock for PortalClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::from(Duration::from_millis(self.0.now()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> (Clock, Limits) {
        let clock = Clock::still(1_700_000_000_000);
        (clock.clone(), Limits::new(clock, 1000))
    }

    #[test]
    fn s6_three_mails_at_once_then_one_an_hour_per_address() {
        let (clock, limits) = limits();
        let ada = Who::Named([1; 16]);
        let take = || limits.take(LimitedAction::MailToAddress, ada);
        assert_eq!([take(), take(), take()], [Ok(()); 3]);
        assert_eq!(take(), Err(Wait(3600)));
        clock.advance(Duration::from_secs(3599));
        assert_eq!(take(), Err(Wait(1)));
        clock.advance(Duration::from_secs(1));
        assert_eq!(take(), Ok(()));
        assert!(take().is_err());
        assert_eq!(
            limits.take(LimitedAction::MailToAddress, Who::Named([2; 16])),
            Ok(())
        );
    }

    #[test]
    fn s6_five_mails_at_once_then_one_a_minute_per_client_whatever_its_ipv6_address() {
        let (clock, limits) = limits();
        for n in 0..5u16 {
            let ip = IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 1, 2, n, n, n, n));
            assert_eq!(
                limits.take(LimitedAction::MailFromClient, Who::Client(ip.into())),
                Ok(())
            );
        }
        let same = Who::Client("2001:db8:1:2:ffff::1".parse::<IpAddr>().unwrap().into());
        let other = Who::Client("2001:db8:1:3::1".parse::<IpAddr>().unwrap().into());
        assert_eq!(
            limits.take(LimitedAction::MailFromClient, same),
            Err(Wait(60))
        );
        assert_eq!(limits.take(LimitedAction::MailFromClient, other), Ok(()));
        clock.advance(Duration::from_secs(60));
        assert_eq!(limits.take(LimitedAction::MailFromClient, same), Ok(()));
    }

    #[test]
    fn s6_sixty_mails_a_minute_in_all() {
        let (clock, limits) = limits();
        for _ in 0..60 {
            assert_eq!(limits.take(LimitedAction::MailInAll, Who::All), Ok(()));
        }
        assert!(limits.take(LimitedAction::MailInAll, Who::All).is_err());
        clock.advance(Duration::from_secs(60));
        for _ in 0..60 {
            assert_eq!(limits.take(LimitedAction::MailInAll, Who::All), Ok(()));
        }
        assert!(limits.take(LimitedAction::MailInAll, Who::All).is_err());
    }

    #[test]
    fn memory_is_bounded_and_comes_back() {
        let (clock, limits) = limits();
        let key = |n: u16| {
            let mut name = [0; 16];
            name[..2].copy_from_slice(&n.to_be_bytes());
            Who::Named(name)
        };
        for n in 0..1000 {
            assert_eq!(limits.take(LimitedAction::MailToAddress, key(n)), Ok(()));
        }
        assert!(
            limits
                .take(LimitedAction::MailToAddress, key(1000))
                .is_err()
        );
        clock.advance(Duration::from_secs(3 * 3600));
        assert_eq!(limits.take(LimitedAction::MailToAddress, key(1000)), Ok(()));
    }

    #[test]
    fn an_ipv4_address_counts_the_same_however_it_is_written() {
        let plain: ClientNet = "192.0.2.7".parse::<IpAddr>().unwrap().into();
        let mapped: ClientNet = "::ffff:192.0.2.7".parse::<IpAddr>().unwrap().into();
        assert_eq!(plain, mapped);
    }
}
