//! Chapter 10, cancellation and structure.

use super::{Answer, time};
use crate::chapters::cancellation::drop_order::Held;
use crate::chapters::cancellation::racks::dry_on_racks;
use crate::chapters::cancellation::select::timeout;
use crate::chapters::cancellation::ways::by_abort;
use crate::{milliseconds, say, seconds, sleep, spawn, watch};
use futures::channel::mpsc;
use futures::future::join;
use futures::io::{AsyncReadExt, AsyncWriteExt};
use paintdry_workshop::pipe;
use std::sync::Arc;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter10::abort", text: abort },
        Answer { name: "chapter10::dropped_first", text: dropped_first },
        Answer { name: "chapter10::main_returns", text: main_returns },
        Answer { name: "chapter10::room_for_two_senders", text: room_for_two_senders },
        Answer { name: "chapter10::nine_canvases", text: nine_canvases },
        Answer { name: "chapter10::sent_again", text: sent_again },
    ]
}

fn abort() -> String {
    watch("abort", by_abort()).said().join("\n")
}

async fn varnish(_jar: Held) {
    let _brush = Held("brush");
    {
        let _rag = Held("rag");
        sleep(milliseconds(300)).await;
    }
    let _lamp = Held("lamp");
    sleep(seconds(2)).await;
    let _label = Held("label");
}

fn dropped_first() -> String {
    let seen = watch("dropped first", async { timeout(seconds(1), varnish(Held("jar"))).await });
    let cancelled = seen.events().iter().filter_map(|event| match &event.what {
        paintdry_studio::EventKind::Note(text) if event.ns == 1_000_000_000 => text.strip_prefix("drops the "),
        _ => None,
    });
    cancelled.collect::<Vec<_>>().join(", ")
}

fn main_returns() -> String {
    let brush = Arc::new(());
    let seen = watch("main returns", {
        let brush = Arc::clone(&brush);
        async move {
            spawn("painter", async move {
                sleep(seconds(3)).await;
                say("painted");
                drop(brush);
            });
            sleep(seconds(1)).await;
        }
    });
    assert_eq!(seen.took(), seconds(1));
    match (seen.said().is_empty(), Arc::strong_count(&brush)) {
        (true, 1) => "The task is dropped at its await, and its brush with it".to_owned(),
        other => format!("{other:?}"),
    }
}

fn room_for_two_senders() -> String {
    let (first, _receiver) = mpsc::channel(1);
    let mut sent = 0;
    for mut sender in [first.clone(), first] {
        while sender.try_send("canvas").is_ok() {
            sent += 1;
        }
    }
    sent.to_string()
}

fn nine_canvases() -> String {
    time(watch("nine canvases", dry_on_racks(9, 4)).took())
}

/// The reader starts late, so the first send fills the connection, which has room for four bytes, and waits until its limit.
fn sent_again() -> String {
    const MESSAGE: &[u8] = b"sky, sea";
    let got = watch("sent again", async {
        let (mut writer, mut reader) = pipe("connection", 4);
        assert!(timeout(seconds(1), writer.write_all(MESSAGE)).await.is_none(), "the connection is full");
        let sends = async {
            writer.write_all(MESSAGE).await.expect("it is connected");
            drop(writer);
        };
        let mut got = String::new();
        let ((), length) = join(sends, reader.read_to_string(&mut got)).await;
        length.expect("it is connected");
        got
    });
    match &*got.result() {
        "sky,sky, sea" => "a part of the message twice".to_owned(),
        "sky, sea" => "the message, once".to_owned(),
        "" => "nothing".to_owned(),
        other => other.to_owned(),
    }
}
