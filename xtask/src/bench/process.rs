//! A program that runs beside the measuring: started with an environment of its own, ended when it is dropped, and what the system
//! counts of it.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use super::http::Browser;
use crate::problem::{During, Outcome, Problem};
use crate::stopwatch::Stopwatch;
use crate::workspace;

/// What has not happened after this long does not happen.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often one looks whether a program answers: what the measured time of a start can be too long by.
const GLANCE: Duration = Duration::from_millis(1);
/// How often one looks for anything else.
const REST: Duration = Duration::from_millis(100);
/// What Linux counts processor time in, on every machine: a hundredth of a second.
const TICK_MICROS: f64 = 10_000.0;

/// A running program.
pub(super) struct Process {
    child: Child,
    log: PathBuf,
    /// From its start to its first answer to `/healthz` or the like.
    pub(super) first_answer: Duration,
}

impl Process {
    /// Starts a program in a folder, with nothing of this process's environment, and waits until it answers `path` with 200.
    pub(super) fn start(
        mut command: Command,
        folder: &Path,
        port: u16,
        path: &str,
    ) -> Outcome<Self> {
        let log = folder.join("log.txt");
        let out = File::create(&log).during(format!("writing {}", log.display()))?;
        let err = out.try_clone().during("opening a log twice")?;
        command
            .current_dir(folder)
            .env_clear()
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(err);
        let clock = Stopwatch::start();
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.spawn().during(format!("starting {name}"))?;
        let mut process = Self {
            child,
            log,
            first_answer: Duration::ZERO,
        };
        let mut browser = Browser::new(port);
        look_until("a program's first answer", GLANCE, || {
            if let Ok(Some(status)) = process.child.try_wait() {
                let words = fs::read_to_string(&process.log).unwrap_or_default();
                let log = workspace::shown(&process.log);
                return Err(Problem::new(format!(
                    "{name}: {status}. From {log}:\n{words}"
                )));
            }
            Ok(browser
                .get(path)
                .is_ok_and(|answer| answer.status == 200)
                .then_some(()))
        })?;
        process.first_answer = clock.elapsed();
        Ok(process)
    }

    /// Memory that it has now, in MiB; none where the system does not tell.
    pub(super) fn memory(&self) -> Option<f64> {
        self.status("VmRSS:")
    }

    /// The most memory that it had since its start, in MiB.
    pub(super) fn most_memory(&self) -> Option<f64> {
        self.status("VmHWM:")
    }

    fn status(&self, of: &str) -> Option<f64> {
        let status = fs::read_to_string(self.proc("status")).ok()?;
        let line = status.lines().find_map(|it| it.strip_prefix(of))?;
        let kibibytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
        Some(kibibytes / 1024.0)
    }

    /// Processor time that it took so far, in microseconds; none where the system does not tell.
    pub(super) fn processor_time(&self) -> Option<f64> {
        ticks(&fs::read_to_string(self.proc("stat")).ok()?).map(|ticks| ticks * TICK_MICROS)
    }

    fn proc(&self, file: &str) -> String {
        format!("/proc/{}/{file}", self.child.id())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is gone afterwards.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// utime and stime of a `/proc/…/stat`: the 14th and 15th field; the second is a name that may hold anything but ends with `)`.
fn ticks(stat: &str) -> Option<f64> {
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut fields = after_name.split_whitespace().skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

/// Looks ten times a second until there is something, but not for ever.
pub(super) fn wait_until<T>(what: &str, look: impl FnMut() -> Outcome<Option<T>>) -> Outcome<T> {
    look_until(what, REST, look)
}

fn look_until<T>(
    what: &str,
    rest: Duration,
    mut look: impl FnMut() -> Outcome<Option<T>>,
) -> Outcome<T> {
    let clock = Stopwatch::start();
    loop {
        if let Some(found) = look()? {
            return Ok(found);
        }
        if clock.elapsed() > PATIENCE {
            return Err(Problem::new(format!("waited {clock} for {what}")));
        }
        pause(rest);
    }
}

/// Lets some time pass.
pub(super) fn pause(time: Duration) {
    let clock = Stopwatch::start();
    while let Some(left) = time.checked_sub(clock.elapsed()).filter(|it| !it.is_zero()) {
        thread::park_timeout(left);
    }
}

/// A port of this machine that nobody listens on.
pub(super) fn free_port() -> Outcome<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).during("looking for a free port")?;
    let address = listener.local_addr().during("looking for a free port")?;
    Ok(address.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_found_behind_any_name() {
        let stat = "42 (a) b (c) S 1 42 42 0 -1 4194560 10 0 0 0 7 5 0 0 20 0 4 0";
        assert_eq!(ticks(stat), Some(12.0));
        assert_eq!(ticks("42 (a) S 1"), None);
    }

    #[test]
    fn a_wait_ends_with_what_was_waited_for_or_a_problem() {
        let mut left = 3;
        let mut count = || {
            left -= 1;
            Ok((left == 0).then_some("there"))
        };
        assert_eq!(look_until("it", GLANCE, &mut count).unwrap(), "there");
        assert!(wait_until::<()>("it", || Err(Problem::new("broken"))).is_err());
    }
}
