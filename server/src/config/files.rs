//! What files customers may send, and how much of them may wait in DATA_DIR.

use app::tickets::upload::FileLimits;

use super::Reader;
use crate::uploads::Settings;

const MIB: u64 = 1024 * 1024;

/// Reads the settings. Each limit must leave room for what the ones before it allow, or no message could use them.
pub(super) fn read(reader: &mut Reader<'_>) -> Settings {
    let usual = Settings::default();
    let mib = |bytes: u64| u32::try_from(bytes / MIB).unwrap_or(u32::MAX);
    let most = 1024 * 1024;
    let file = reader.number("FILE_MIB", mib(usual.limits.bytes), 1..=1024);
    let files = reader.number("FILES_PER_MESSAGE", usual.limits.files, 1..=100);
    let message = reader.number("MESSAGE_MIB", mib(usual.limits.bytes_in_all), 1..=4096);
    let waiting = reader.number("WAITING_MIB_PER_CUSTOMER", mib(usual.waiting), 1..=most);
    let in_all = reader.number("WAITING_MIB", mib(usual.waiting_in_all), 1..=most);
    for (variable, least, value, of) in [
        ("MESSAGE_MIB", file, message, "FILE_MIB"),
        ("WAITING_MIB_PER_CUSTOMER", message, waiting, "MESSAGE_MIB"),
        ("WAITING_MIB", waiting, in_all, "WAITING_MIB_PER_CUSTOMER"),
    ] {
        if value < least {
            let problem = format!("{value} is less than {of}, which is {least}");
            reader.fault(
                variable,
                problem,
                format!("Give {least} or more, or lower {of}."),
            );
        }
    }
    Settings {
        limits: FileLimits {
            bytes: u64::from(file) * MIB,
            files,
            bytes_in_all: u64::from(message) * MIB,
        },
        waiting: u64::from(waiting) * MIB,
        waiting_in_all: u64::from(in_all) * MIB,
        programs: reader.switch("ALLOW_PROGRAMS", usual.programs),
    }
}
