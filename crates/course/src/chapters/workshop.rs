//! Chapter 19: a day in the workshop, in virtual time, for its replay.

use crate::replays::Replay;
use paintdry_core::{Runtime, gather, name_task, note};
use paintdry_generator::EventLoop;
use paintdry_studio::{Clock, RecordedRun, Studio};
use paintdry_workshop::client::Client;
use paintdry_workshop::{Settings, lobby, steps};
use std::sync::Arc;
use std::time::Duration;

type R = Studio<EventLoop>;

/// A client: its name, when it comes, how long its canvas dries, and after how long it goes, if it does not wait.
type Comes = (&'static str, u64, u64, Option<u64>);

/// Two racks and a queue for two orders, until second 7.
pub async fn a_day(clients: &'static [Comes]) -> Vec<String> {
    let (lobby, listener) = lobby();
    let settings = Settings { racks: 2, queue: 2, ..Settings::default() };
    let close = R::sleep(Duration::from_secs(7));
    let server = R::spawn(async move {
        name_task("workshop");
        steps::serve::<R, _>(listener, settings, close, Arc::default()).await
    });
    let heard = gather::<R, _>(clients.iter().map(|&(name, from, drying, goes)| {
        let lobby = lobby.clone();
        async move {
            name_task(name);
            R::sleep(Duration::from_millis(from)).await;
            let mut client = Client::new(lobby.connect(name).await);
            let order = format!("PAINT {name} {drying}ms");
            let Some(goes) = goes else { return client.ask(order).await.unwrap_or_else(|_| "no answer".to_owned()) };
            let _ = client.send(order).await;
            R::sleep(Duration::from_millis(goes)).await;
            note("goes away");
            "no answer".to_owned()
        }
    }))
    .await;
    let _ = server.await;
    heard.into_iter().map(|heard| heard.unwrap_or_else(|error| error.to_string())).collect()
}

/// The day of the replay: sky and sea dry, sun and tree wait in the queue, for lake there is no room, and sun goes away.
pub const DAY: &[Comes] = &[
    ("sky", 0, 3_000, None),
    ("sea", 100, 2_000, None),
    ("sun", 200, 2_000, Some(1_000)),
    ("tree", 300, 2_000, None),
    ("lake", 400, 1_000, None),
    ("moon", 6_000, 2_000, None),
];

pub(crate) fn replays() -> Vec<Replay> {
    vec![Replay {
        name: "19-workshop",
        title: "Chapter 19: a day in the workshop",
        file: "crates/workshop/src/steps/s12_load.rs",
        text: include_str!("../../../workshop/src/steps/s12_load.rs"),
        runs,
    }]
}

fn runs() -> Vec<RecordedRun> {
    let watched = R::new(Clock::Virtual).recording().run(a_day(DAY));
    vec![watched.recorded(EventLoop::NAME, "two racks, a queue of two")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_client_gets_one_answer() {
        let watched = R::new(Clock::Virtual).run(a_day(DAY));
        let heard = ["DRY sky", "DRY sea", "no answer", "DRY tree", "BUSY lake", "DRY moon"];
        assert_eq!(watched.result.expect("it ends"), heard);
        assert_eq!(watched.wall, Duration::from_secs(8), "it closes at second 7, and moon is dry at second 8");
    }
}
