//! The real program: started on a clock in a hurry, killed, asked to stop, started again.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use server::clock::{Clock, Millis};

use crate::Outcome;

/// It has to answer within this time of the machine's, which may be busy.
const PATIENCE: Millis = 120_000;

/// How it is started.
#[derive(Clone, Debug)]
pub(crate) struct Start {
    /// The program.
    pub(crate) program: PathBuf,
    /// Where it is started, and has its store.
    pub(crate) folder: PathBuf,
    /// Where it listens.
    pub(crate) port: u16,
    /// How fast its clock runs.
    pub(crate) speed: u32,
    /// Since when.
    pub(crate) since: Millis,
    /// Its variables.
    pub(crate) variables: Vec<(&'static str, String)>,
    /// The largest file that it may write, in KiB; none is as large as it likes.
    pub(crate) largest_file: Option<u64>,
}

/// A portal that runs, or does not just now.
#[derive(Debug)]
pub(crate) struct Portal {
    start: Start,
    child: Option<Child>,
    http: reqwest::Client,
}

impl Portal {
    /// Starts it, and waits until it answers.
    pub(crate) async fn start(start: Start) -> Outcome<Self> {
        let http = chatwoot::build_http(None)?;
        let mut portal = Self {
            start,
            child: None,
            http,
        };
        portal.begin().await?;
        Ok(portal)
    }

    /// Starts it again. Gives the milliseconds to its first answer.
    pub(crate) async fn begin(&mut self) -> Outcome<Millis> {
        let began = Clock::machine().now();
        self.child = Some(self.command()?.spawn()?);
        let url = format!("http://127.0.0.1:{}/healthz", self.start.port);
        loop {
            let host = format!("localhost:{}", self.start.port);
            let asked = self.http.get(&url).header("host", host).send().await;
            if asked.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(Clock::machine().now() - began);
            }
            if let Some(Ok(Some(status))) = self.child.as_mut().map(Child::try_wait) {
                return Err(format!("the portal ended with {status}: {}", self.log()).into());
            }
            if Clock::machine().now() > began + PATIENCE {
                return Err(format!("the portal does not answer: {}", self.log()).into());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    fn command(&self) -> Outcome<Command> {
        let start = &self.start;
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.log_file())?;
        let program = start.program.display();
        // A signal that is ignored stays so over `exec`: the write fails then instead.
        let limit = start.largest_file.map_or(String::new(), |most| {
            format!("trap '' XFSZ; ulimit -f {};", most * 2)
        });
        let mut command = Command::new("sh");
        command
            .args(["-c", &format!("{limit} exec \"$0\" \"$@\"")])
            .arg(program.to_string())
            .arg("rehearse")
            .args(["--speed", &start.speed.to_string()])
            .args(["--since", &start.since.to_string()])
            .env_clear()
            .envs(start.variables.iter().map(|(name, value)| (*name, value)))
            .current_dir(&start.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log);
        Ok(command)
    }

    /// Ends it as `kill -9` does.
    pub(crate) fn kill(&mut self) -> Outcome {
        if let Some(mut child) = self.child.take() {
            child.kill()?;
            child.wait()?;
        }
        Ok(())
    }

    /// Asks it to stop, as systemd does. Gives how it ended, and after how many milliseconds.
    pub(crate) async fn stop(&mut self) -> Outcome<(ExitStatus, Millis)> {
        let Some(mut child) = self.child.take() else {
            return Err("it does not run".into());
        };
        let began = Clock::machine().now();
        Command::new("kill")
            .args(["-TERM", &child.id().to_string()])
            .status()?;
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok((status, Clock::machine().now() - began));
            }
            if Clock::machine().now() > began + PATIENCE {
                child.kill()?;
                return Err("it does not stop when it is asked to".into());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Changes how it is started the next time.
    pub(crate) fn starts_with(&mut self, how: impl FnOnce(&mut Start)) {
        how(&mut self.start);
    }

    /// What it takes of the machine's memory, in KiB; none where the system does not tell.
    pub(crate) fn memory(&self) -> Option<u64> {
        let id = self.child.as_ref()?.id();
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().strip_suffix(" kB")?.parse().ok()
    }

    /// What it logged last.
    pub(crate) fn log(&self) -> String {
        let text = std::fs::read_to_string(self.log_file()).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(12)..].join("\n")
    }

    /// Where it logs.
    pub(crate) fn log_file(&self) -> PathBuf {
        self.start.folder.join("log.txt")
    }

    /// Where it listens.
    pub(crate) fn port(&self) -> u16 {
        self.start.port
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.kill();
    }
}
