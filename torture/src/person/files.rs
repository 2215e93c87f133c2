//! Files that a customer sends: their bytes follow from their names, so that the judge knows what has to arrive.

use std::time::Duration;

use super::{Answer, PATIENCE, Person};
use crate::Outcome;

impl Person {
    /// Sends some files, or most times none, and gives their names.
    pub(super) async fn some_files(&self) -> Outcome<Vec<String>> {
        if !self.dice.percent(12) {
            return Ok(Vec::new());
        }
        let mut sent = Vec::new();
        for _ in 0..=self.dice.below(2) {
            let id = self.dice.uuid();
            self.insist_on_file(&id).await?;
            sent.push(id);
        }
        Ok(sent)
    }

    /// Sends a file until it is taken: again under the same name it is one file.
    async fn insist_on_file(&self, id: &str) -> Outcome {
        let until = self.clock.now() + PATIENCE;
        loop {
            match self.send_file(id).await {
                Ok(answer) if answer.status == 201 => return Ok(()),
                Ok(answer) if answer.status < 500 && answer.status != 429 => {
                    return Err(format!("a file was answered with {answer:?}").into());
                }
                last if self.clock.now() > until => {
                    return Err(format!("a file is not taken: {last:?}").into());
                }
                _ => tokio::time::sleep(Duration::from_millis(30 + self.dice.below(40))).await,
            }
        }
    }

    async fn send_file(&self, id: &str) -> reqwest::Result<Answer> {
        let request = self
            .post("/portal/uploads")
            .header("x-upload", id)
            .header("x-file-name", name(id))
            .body(bytes(id));
        self.answer_to(request).await
    }
}

/// What a file is called.
pub(crate) fn name(id: &str) -> String {
    format!("{id}.txt")
}

/// What is in a file: up to some 150 KiB, so that some have more than one part at rest.
pub(crate) fn bytes(id: &str) -> Vec<u8> {
    let first = id.as_bytes().first().copied().unwrap_or_default();
    let last = id.as_bytes().last().copied().unwrap_or_default();
    let times = 1 + usize::from(first) * usize::from(last) % 4_001;
    format!("{id}\n").repeat(times).into_bytes()
}
