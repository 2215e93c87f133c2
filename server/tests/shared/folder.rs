//! Where a test's portal keeps what it stores: in memory where there is room, since a disk to which others write, such as a build
//! beside the tests, holds up every commit for as much as some seconds.

use std::fs;

use tempfile::TempDir;

const MEMORY: &str = "/dev/shm";
/// KiB; containers are often given no more than 64 MiB.
const ROOMY: u64 = 1024 * 1024;

/// A folder that is gone when the test is over.
pub(crate) fn new() -> TempDir {
    if is_roomy() {
        tempfile::tempdir_in(MEMORY).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    }
}

fn is_roomy() -> bool {
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    mounts.lines().any(|mount| {
        let mut words = mount.split(' ').skip(1);
        let (place, kind, options) = (words.next(), words.next(), words.next());
        let size = |option: &str| {
            option
                .strip_prefix("size=")?
                .strip_suffix('k')?
                .parse()
                .ok()
        };
        place == Some(MEMORY)
            && kind == Some("tmpfs")
            && options.is_some_and(|all| {
                all.split(',')
                    .find_map(size)
                    .is_none_or(|kib: u64| kib >= ROOMY)
            })
    })
}
