//! From a request to its answer: plays one run after another until there is an answer.

use crate::catalogue::{Catalogue, catalogue};
use crate::explore_job::{self, ExploreJob};
use crate::request::Request;
use crate::run_job::{self, RunJob};
use paintdry_explore::Played;
use serde::Serialize;
use std::cell::RefCell;

thread_local! {
    /// The job whose run is being played. Where a panic of the program aborts, the panic hook finds it here.
    static PLAYING: RefCell<Option<Job>> = const { RefCell::new(None) };
}

enum Job {
    Run(RunJob),
    Explore(ExploreJob),
    Tree(ExploreJob),
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Answer {
    Catalogue(Catalogue),
    Run(Box<run_job::Answer>),
    Explore(Box<explore_job::Answer>),
    Tree(Box<explore_job::Answer>),
    Error(String),
}

/// The answer to a request. A request that makes no sense is answered by `{"error": "a sentence"}`.
///
/// ```
/// let answer = paintdry_lab::answer("run program=two-locks painters=2");
/// assert!(answer.contains(r#""ready":[{"position":0,"task":1,"name":"ada","begins":true"#), "{answer}");
/// assert!(paintdry_lab::answer("tea").starts_with(r#"{"error":"this is no request"#));
/// ```
#[must_use]
pub fn answer(request: &str) -> String {
    let job = match Request::read(request) {
        Ok(Request::Catalogue) => return text(&Answer::Catalogue(catalogue())),
        Ok(Request::Run(asked)) => RunJob::new(asked).map(Job::Run),
        Ok(Request::Explore(asked)) => ExploreJob::new(&asked, false).map(Job::Explore),
        Ok(Request::Tree(asked)) => ExploreJob::new(&asked, true).map(Job::Tree),
        Err(error) => Err(error),
    };
    match job {
        Ok(job) => text(&job.work()),
        Err(error) => text(&Answer::Error(error)),
    }
}

/// The answer to the request that a panic has interrupted in this run.
#[cfg(panic = "abort")]
pub(crate) fn answer_after(played: &Played) -> Option<String> {
    let mut job = PLAYING.take()?;
    if let Job::Explore(job) | Job::Tree(job) = &mut job {
        job.steps = 1; // the page sends the request again, to a new instance
    }
    Some(text(&job.hear(played)?))
}

impl Job {
    fn work(mut self) -> Answer {
        loop {
            let play = self.play();
            PLAYING.set(Some(self));
            let played = play();
            self = PLAYING.take().expect("only a panic hook takes it, and then nothing returns");
            if let Some(answer) = self.hear(&played) {
                return answer;
            }
        }
    }

    fn play(&self) -> Box<dyn FnOnce() -> Played> {
        match self {
            Self::Run(job) => Box::new(job.play()),
            Self::Explore(job) | Self::Tree(job) => Box::new(job.play()),
        }
    }

    /// The answer, or `None` if another run comes first.
    fn hear(&mut self, played: &Played) -> Option<Answer> {
        match self {
            Self::Run(job) => job.hear(played).map(|answer| Answer::Run(Box::new(answer))),
            Self::Explore(job) => answered(job.hear(played), Answer::Explore),
            Self::Tree(job) => answered(job.hear(played), Answer::Tree),
        }
    }
}

fn answered(
    heard: Result<Option<explore_job::Answer>, String>,
    kind: fn(Box<explore_job::Answer>) -> Answer,
) -> Option<Answer> {
    match heard {
        Ok(answer) => answer.map(|answer| kind(Box::new(answer))),
        Err(error) => Some(Answer::Error(error)),
    }
}

fn text(answer: &Answer) -> String {
    serde_json::to_string(answer).expect("names are strings and numbers are finite")
}
