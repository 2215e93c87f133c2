//! Starts other programs: quietly into a log with progress lines, or with their output shown.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::problem::{During, Outcome, Problem};
use crate::stopwatch::Stopwatch;
use crate::workspace;

const PROGRESS_EVERY: Duration = Duration::from_secs(30);
const LINES_SHOWN_OF_A_FAILURE: usize = 40;

/// Work that takes long and says much: its output goes into a log, its progress to the terminal.
pub(crate) struct Quiet<'a> {
    /// What is being done, as a person reads it.
    pub(crate) what: &'a str,
    /// How long it usually takes, in words.
    pub(crate) usually: &'a str,
    /// The log's file name, under target/xtask.
    pub(crate) log: &'a str,
    /// When to give up, if at all.
    pub(crate) limit: Option<Duration>,
}

impl Quiet<'_> {
    /// Runs it to its end; a failure shows the last lines of the log and where it is.
    pub(crate) fn run(&self, command: Command) -> Outcome {
        let folder = workspace::target().join("xtask");
        fs::create_dir_all(&folder).during(format!("making {}", folder.display()))?;
        let path = folder.join(self.log);
        let mut log = File::create(&path).during(format!("writing {}", path.display()))?;
        let clock = Stopwatch::start();
        say(&format!("  {} (usually {})", self.what, self.usually));
        let (mut child, lines) = start(command)?;
        let mut last = String::new();
        let mut next_report = PROGRESS_EVERY;
        loop {
            let until = self
                .limit
                .map_or(next_report, |limit| limit.min(next_report));
            match lines.recv_timeout(until.saturating_sub(clock.elapsed())) {
                Ok(line) => {
                    writeln!(log, "{line}").during("writing the log")?;
                    last = line;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if self.limit.is_some_and(|limit| clock.elapsed() >= limit) {
                end(&mut child);
                return Err(self.failed(&format!("no answer after {clock}"), &path));
            }
            if clock.elapsed() >= next_report {
                say(&format!("    {clock}: {}", last.trim()));
                next_report += PROGRESS_EVERY;
            }
        }
        let status = child.wait().during(format!("waiting for: {}", self.what))?;
        if !status.success() {
            return Err(self.failed(&format!("{status} after {clock}"), &path));
        }
        say(&format!("    done in {clock}"));
        Ok(())
    }

    fn failed(&self, how: &str, log: &Path) -> Problem {
        let text = fs::read_to_string(log).unwrap_or_default();
        Problem::new(format!(
            "{} failed ({how}). From {}:\n  | {}",
            self.what,
            workspace::shown(log),
            telling_lines(&text).join("\n  | ")
        ))
    }
}

/// The lines from the first that speaks of an error, or else the last ones.
fn telling_lines(log: &str) -> Vec<&str> {
    let lines: Vec<&str> = log.lines().collect();
    let error = lines.iter().position(|line| {
        ["error", "npm error", "E: "]
            .iter()
            .any(|start| line.starts_with(start))
    });
    let first = error.unwrap_or(lines.len().saturating_sub(LINES_SHOWN_OF_A_FAILURE));
    let shown = lines.into_iter().skip(first);
    shown.take(LINES_SHOWN_OF_A_FAILURE).collect()
}

/// Runs a program with its output shown, line by line, and gives the lines back with the way it ended.
pub(crate) fn shown_and_kept(command: Command) -> Outcome<(ExitStatus, Vec<String>)> {
    let (mut child, lines) = start(command)?;
    let mut kept = Vec::new();
    for line in lines {
        say(&line);
        kept.push(line);
    }
    let status = child.wait().during("waiting for a program's end")?;
    Ok((status, kept))
}

/// Runs a program that has the terminal to itself; anything but success is a problem.
pub(crate) fn shown(mut command: Command) -> Outcome {
    let status = command
        .status()
        .during(format!("starting {}", name_of(&command)))?;
    if status.success() {
        Ok(())
    } else {
        Err(Problem::new(format!(
            "{} ended with {status}",
            name_of(&command)
        )))
    }
}

/// What a program prints, trimmed; nothing if it is missing or fails.
pub(crate) fn answer(mut command: Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// Becomes the program, so that Ctrl-C and signals reach it and nothing is left behind.
#[cfg(unix)]
pub(crate) fn become_program(mut command: Command) -> Outcome {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(Problem::new(format!(
        "starting {}: {error}",
        name_of(&command)
    )))
}

/// Runs the program in front, where a process cannot become another.
#[cfg(not(unix))]
pub(crate) fn become_program(command: Command) -> Outcome {
    shown(command)
}

/// Prints a line for the person at the terminal.
pub(crate) fn say(line: &str) {
    let mut out = io::stdout().lock();
    // Nobody reads it any more: the work itself goes on.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

fn name_of(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

fn start(mut command: Command) -> Outcome<(Child, Receiver<String>)> {
    let name = name_of(&command);
    let (reader, writer) = io::pipe().during("opening a pipe")?;
    let second = writer.try_clone().during("opening a pipe")?;
    command.stdin(Stdio::null()).stdout(writer).stderr(second);
    let child = command.spawn().during(format!("starting {name}"))?;
    // The command holds the pipe's writing ends; the reader sees the end only when they are gone.
    drop(command);
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        let mut reader = BufReader::new(reader);
        let mut line = Vec::new();
        while reader
            .read_until(b'\n', &mut line)
            .is_ok_and(|read| read > 0)
        {
            let text = String::from_utf8_lossy(&line);
            if sender.send(text.trim_end().to_owned()).is_err() {
                break;
            }
            line.clear();
        }
    });
    Ok((child, lines))
}

fn end(child: &mut Child) {
    // It may have ended by itself in this moment; either way it is gone afterwards.
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn both_outputs_of_a_program_are_kept_in_order() {
        let (status, lines) = shown_and_kept(shell("echo one; echo two >&2; exit 3")).unwrap();
        assert_eq!(status.code(), Some(3));
        assert_eq!(lines, ["one", "two"]);
    }

    #[test]
    fn a_failure_shows_what_its_log_says() {
        let work = Quiet {
            what: "the work",
            usually: "no time",
            log: "test-failure.log",
            limit: None,
        };
        let problem = work.run(shell("echo what went wrong; exit 1")).unwrap_err();
        assert!(problem.to_string().contains("what went wrong"), "{problem}");
    }

    #[test]
    fn the_first_error_tells_more_than_what_follows_it() {
        let noise = "  at somewhere\n".repeat(100);
        let log = format!("Compiling app\nerror[E0308]: mismatched types\n{noise}");
        let lines = telling_lines(&log);
        assert_eq!(lines[0], "error[E0308]: mismatched types");
        assert_eq!(lines.len(), LINES_SHOWN_OF_A_FAILURE);
        assert_eq!(telling_lines("one\ntwo"), ["one", "two"]);
    }

    #[test]
    fn work_past_its_limit_is_ended() {
        let work = Quiet {
            what: "the work",
            usually: "for ever",
            log: "test-limit.log",
            limit: Some(Duration::ZERO),
        };
        let problem = work.run(shell("echo begun; exec sleep 600")).unwrap_err();
        assert!(problem.to_string().contains("no answer"), "{problem}");
    }
}
