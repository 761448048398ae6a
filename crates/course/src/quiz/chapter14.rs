//! Chapter 14, Send, 'static and scopes.

use super::{Answer, time};
use crate::chapters::send::forgotten::dropped;
use crate::chapters::send::three_ways::joined;
use crate::{TwoThreads, watch, watch_on};

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter14::joined_on_two_threads", text: joined_on_two_threads },
        Answer { name: "chapter14::scope_dropped", text: scope_dropped },
    ]
}

fn joined_on_two_threads() -> String {
    time(watch_on::<TwoThreads, _>("joined on two threads", joined()).took())
}

fn scope_dropped() -> String {
    watch("a scope, dropped", dropped()).said().join("\n")
}
