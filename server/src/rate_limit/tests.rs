//! The figures of promise S6, of customers' writing, and that memory is bounded.

use super::*;
use crate::clock::Clock;

fn limits() -> (Clock, InMemory) {
    let clock = Clock::still(1_700_000_000_000);
    (clock.clone(), InMemory::new(clock, 1000, Rates::default()))
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

#[test]
fn a_customer_opens_twenty_tickets_at_once_and_then_one_every_three_minutes() {
    let (clock, limits) = limits();
    let ada = Who::Customer(CustomerId::from_row(1));
    let open = || limits.take(LimitedAction::OpenTicket, ada);
    for _ in 0..20 {
        assert_eq!(open(), Ok(()));
    }
    assert_eq!(open(), Err(Wait(180)));
    let bob = Who::Customer(CustomerId::from_row(2));
    assert_eq!(limits.take(LimitedAction::OpenTicket, bob), Ok(()));
    assert_eq!(limits.take(LimitedAction::WriteToTicket, ada), Ok(()));
    clock.advance(Duration::from_secs(180));
    assert_eq!(open(), Ok(()));
    assert!(open().is_err());
}

#[test]
fn a_full_memory_is_gone_through_once_a_second_and_not_for_each_newcomer() {
    let (clock, limits) = limits();
    let customer = |n: i64| Who::Customer(CustomerId::from_row(n));
    let read = |n: i64| limits.take(LimitedAction::ReadAgain, customer(n));
    for n in 0..1000 {
        assert_eq!(read(n), Ok(()));
    }
    assert_eq!(read(1000), Err(Wait(60)));
    clock.advance(Duration::from_millis(999));
    assert_eq!(read(1000), Err(Wait(60)));
    clock.advance(Duration::from_mins(2));
    assert_eq!(read(1000), Ok(()));
}
