//! A recording with every kind of event in it: what no honest run does in so short a time.

use paintdry_browser_tests::Recording;
use serde_json::{Value, json};

/// Two runs with the same events, in real time; the second ended with an error.
pub(crate) fn every_kind_of_event() -> Recording {
    Recording::of("--virtual --runtime generator,tokio").changed(|recording| {
        recording["clock"] = json!("real");
        let line = &recording["sources"][0]["first_line"];
        let line = line.as_u64().expect("a number") + 3;
        for run in recording["runs"].as_array_mut().expect("a list") {
            run["threads"] = json!(2);
            run["wall_ns"] = json!(1500);
            run["tasks"] = json!(["main", "canvas 1", "sleeper", "idler", "doomed", "clumsy"]);
            run["events"] = events(line);
            run["resources"] = json!([
                { "kind": "mutex", "name": "blue", "capacity": 1 },
                { "kind": "channel", "name": "<b>orders</b>", "capacity": 1 },
                { "kind": "signal", "name": "dry", "capacity": null },
            ]);
        }
        recording["runs"][1]["error"] = json!("a task panicked: <b>out of paint</b>");
    })
}

/// In two parts, because the macro takes no longer list.
fn events(line: u64) -> Value {
    let begin = json!([
        [0, "spawn", 0, null],
        [0, "poll", 0, 0],
        [10, "spawn", 1, 0],
        [10, "spawn", 2, 0],
        [10, "spawn", 3, 0],
        [10, "spawn", 4, 0],
        [10, "spawn", 5, 0],
        [20, "join", 0, 1],
        [30, "pending", 0],
        // two threads at once
        [30, "poll", 1, 1],
        [35, "poll", 2, 0],
        [36, "take", 2, 0, 0],
        [40, "line", 1, line],
        [41, "wait", 1, 0, 1, "take"],
        [41, "wait", 1, 1, 2, "receive"],
        [45, "timer", 1, 0, 1000],
        // never fires: it is forgotten when it is due
        [46, "timer", 1, 1, 500],
        [47, "note", 1, "half <b>painted</b>"],
        [50, "pending", 1],
        [55, "block", 2],
        [56, "timer", 2, 0, 200],
        // a line that is not in the text
        [57, "line", 3, 999_999],
        [200, "fire", 2, 0],
        [205, "unblock", 2],
        // woken while it runs: ready when the poll ends
        [206, "wake", 2, "thread"],
        // the one that waits is not woken: a futurelock
        [207, "release", 2, 0, 0, 2],
        [207, "notify", 1, 0, 1],
        [210, "pending", 2],
        [215, "poll", 3, 0],
        [216, "yield", 3],
        [217, "wake", 3, 3],
        [220, "pending", 3],
        // woken though it is ready already
        [225, "wake", 3, "runtime"],
        [230, "poll", 4, 1],
        [235, "send", 4, 1, 3, 1],
        [240, "timer", 4, 7, 900],
        [245, "pending", 4],
        // its timer goes with it
        [250, "cancel", 4],
    ]);
    let end = json!([
        [260, "poll", 5, 1],
        [262, "signal", 5, 2, 0],
        [264, "close", 5, 1],
        [270, "panic", 5, "no <b>paint</b> left"],
        [300, "poll", 2, 0],
        [310, "wake", 2, 1],
        [315, "block", 2],
        [316, "wake", 2, "timer"],
        [320, "unblock", 2],
        [325, "complete", 2],
        // woken before the poll, and not in it: now it waits
        [400, "poll", 3, 0],
        [410, "pending", 3],
        // polled without a wake
        [600, "poll", 1, 0],
        // another one was quicker
        [601, "wait", 1, 0, 1, "take"],
        [602, "wait", 1, 2, 4, "hear"],
        [603, "wait", 1, 2, 5, "hear"],
        [605, "timer", 1, 2, 2000],
        [610, "pending", 1],
        [1000, "fire", 1, 0],
        [1000, "wake", 1, "timer"],
        [1001, "poll", 1, 0],
        [1002, "take", 1, 0, 1],
        [1002, "receive", 1, 1, 2, 0],
        [1003, "hear", 1, 2, 4],
        [1003, "leave", 1, 2, 5],
        [1005, "complete", 1],
        // after the end of its task, and by another one
        [1005, "release", 1, 0, 1, 0],
        [1005, "wake", 0, 1],
        [1010, "poll", 0, 0],
        [1012, "complete", 0] // the idler is still there when the run ends
    ]);
    [begin, end].iter().flat_map(|part| part.as_array().expect("a list").clone()).collect()
}
